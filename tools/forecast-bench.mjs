// The figures of the forecast engine, scored by the scorer that lies beside the data, each beside what others reached on the same series.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const [root, dll, ...words] = process.argv.slice(2);
const told = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);
const shared = told('--data', join(root, '..', 'shared'));
const only = told('--only', '')?.split(',').filter(Boolean) ?? [];
const series = Number(told('--series', '12000'));
const build = join(root, '.build');

// Season and scale of each set, and what is to be beaten: FORECAST.md, « Anchors » and « The bars ».
const SETS = [
  { name: 'm3_monthly', season: 12, scale: 12, bar: 0.262, best: 'ets + theta, estimated 0.270', cpu: 20, others: 'theta 0.277, prophet 0.341' },
  { name: 'm3_quarterly', season: 4, scale: 4, bar: 0.365, best: 'ets + theta 0.379', others: 'theta 0.395, arima 0.438' },
  { name: 'm4_weekly', season: 52, scale: 1, bar: 0.82, best: 'theta 0.860', others: 'arima 1.014, prophet 2.206' },
  { name: 'carparts', season: 12, scale: 1, bar: 0.32, best: 'quantiles of what was 0.328', scattered: true, others: 'TSB + NB 0.339, theta 0.399' },
  { name: 'online_retail_sku_daily', season: 7, scale: 1, bar: 0.445, best: 'arima 0.455 (60 of 100)', scattered: true, others: 'TSB + NB 0.470, prophet 0.510' },
  { name: 'oj_weekly', season: 1, scale: 1, bar: 0.125, best: 'arima on logs with columns 0.133', others: 'prophet with columns 0.208' },
  { name: 'rossmann_daily', season: 7, scale: 7, bar: 0.09, best: 'log-linear regression 0.098', cpu: 60, others: 'prophet with columns 0.104' },
  { name: 'walmart_weekly', season: 52, scale: 52, bar: 0.178, best: 'ets + theta 0.185', others: 'theta 0.188, prophet 0.255' },
];
const CROSS = ['regression', 'trees'];

mkdirSync(build, { recursive: true });
const report = { machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`, sets: [], night: null };
if (existsSync(join(shared, 'score.py'))) {
  const methods = run('dotnet', [dll, 'methods']).trim().split('\n');
  for (const set of SETS.filter((one) => only.length === 0 || only.includes(one.name))) report.sets.push(measure(set, methods));
} else {
  console.log(`There is no scorer at ${shared}: the accuracy figures are left out. --data says where the data lies.`);
}
if (only.length === 0 || only.includes('night')) {
  report.night = JSON.parse(run('dotnet', [dll, 'night', String(series), String(cpus().length)]));
  console.log(`night  ${JSON.stringify(report.night)}`);
}
writeFileSync(join(build, 'forecast.json'), `${JSON.stringify(report, null, 2)}\n`);
const table = markdown(report);
console.log(`\n${table}`);
if (words.includes('--write')) {
  const readme = join(root, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const [opens, closes] = ['<!-- forecast -->', '<!-- /forecast -->'];
  writeFileSync(readme, `${text.slice(0, text.indexOf(opens) + opens.length)}\n\n${table}\n${text.slice(text.indexOf(closes))}`);
}

function measure(set, methods) {
  const own = methods.filter((method) => !CROSS.includes(method));
  const variants = [
    ['all', []],
    ['without calibration', ['--uncalibrated']],
    ['without what is learnt across series', ['--methods', own.join(',')]],
    ['without trees', ['--methods', methods.filter((method) => method !== 'trees').join(',')]],
    ...methods.map((method) => [method, ['--methods', method]]),
  ];
  const figures = {};
  for (const [name, more] of variants) {
    figures[name] = score(set, more);
    console.log(`${set.name.padEnd(24)} ${name.padEnd(38)} ${JSON.stringify(figures[name])}`);
  }
  return { ...set, figures };
}

function score(set, more) {
  const data = join(shared, 'data', 'forecast', set.name);
  const out = join(build, 'forecast-bench.csv');
  const known = existsSync(`${data}.exog.csv.gz`) ? ['--exog', `${data}.exog.csv.gz`] : [];
  const said = run('dotnet', [dll, '--train', `${data}.train.csv.gz`, '--future', `${data}.test.csv.gz`, ...known, '--season', String(set.season), '--threads', '1', '--out', out, ...more]);
  const each = join(build, 'forecast-bench-series.csv');
  const scored = JSON.parse(run('python3', [join(shared, 'score.py'), '--train', `${data}.train.csv.gz`, '--test', `${data}.test.csv.gz`, '--fc', out, '--m', String(set.scale), '--json', '--per-series', each]));
  const [head, ...lines] = readFileSync(each, 'utf8').trim().split('\n');
  const at = head.split(',').indexOf('SPL');
  const losses = lines.map((line) => Number(line.split(',')[at])).sort((a, b) => a - b);
  const all = scored.all ?? scored;
  return {
    mase: all.MASE, spl: all.SPL, cov80: all.cov80, n: all.n_series, worst: losses.at(-1) / losses[losses.length >> 1], ms: Number(/([\d.]+) ms a series/.exec(said)[1]),
  };
}

function markdown({ machine, sets, night }) {
  const met = (yes) => (yes ? 'met' : '**not met**');
  const lines = [`- machine: ${machine}; one thread; CPU with all that is done once in a run`, ''];
  if (sets.length > 0) {
    lines.push('| data set | SPL | bar | best anchor | others | MASE | cov80 | worst series / median | CPU ms a series |', '|---|--:|---|---|---|--:|--:|--:|--:|');
    for (const { name, bar, best, others, scattered, cpu, figures } of sets) {
      const { spl, mase, cov80, worst, ms } = figures.all;
      const band = scattered ? cov80 >= 0.78 && cov80 <= 0.95 : cov80 >= 0.76 && cov80 <= 0.84;
      lines.push(`| ${name} | ${spl.toFixed(4)} | ≤ ${bar}: ${met(spl <= bar)} | ${best} | ${others} | ${mase.toFixed(3)} | ${cov80.toFixed(3)}${band ? '' : ' **outside**'} | ${worst.toFixed(1)} | ${ms.toFixed(1)}${cpu ? ` (≤ ${cpu}: ${met(ms <= cpu)})` : ''} |`);
    }
    const names = Object.keys(sets[0].figures);
    lines.push('', 'SPL of each method alone, and of the whole without one of its steps:', '', `| | ${sets.map((set) => set.name).join(' | ')} |`, `|---|${sets.map(() => '--:').join('|')}|`);
    for (const name of names) lines.push(`| ${name} | ${sets.map((set) => set.figures[name].spl.toFixed(4)).join(' | ')} |`);
    lines.push(`| CPU ms a series of ets alone | ${sets.map((set) => set.figures.ets.ms.toFixed(1)).join(' | ')} |`);
  }
  if (night) {
    lines.push('', '| a chain of daily series, three years each, 30 days ahead | wall | CPU | bar |', '|---|--:|--:|---|');
    lines.push(`| a night for ${night.series} series: a seventh learnt anew, the others refreshed; without storing | ${night.nightSeconds.toFixed(1)} s | ${night.nightCpu.toFixed(1)} s | ≤ 60 s: ${met(night.nightSeconds <= 60)} |`);
    lines.push(`| all learnt anew | ${night.trainSeconds.toFixed(1)} s | ${night.trainCpu.toFixed(1)} s | |`);
    lines.push(`| one series by itself, all methods and backtests, median (most) | ${night.aloneMs.toFixed(0)} ms (${night.aloneMostMs.toFixed(0)} ms) | | ≤ 180 ms: ${met(night.aloneMs <= 180)} |`);
    lines.push(`| peak memory | ${night.peakMb} MB | | ≤ 1,000 MB: ${met(night.peakMb <= 1000)} |`);
  }
  return lines.join('\n');
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (done.status === 0) return done.stdout;
  console.error(done.stderr || done.error?.message);
  process.exit(1);
}
