import { download } from "../../lib/csv";

const INHERITED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "fill-opacity",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
] as const;

/** The drawing as it stands, at twice its size, title above: what is pasted into a presentation. */
export async function downloadPng(name: string, title: string, drawing: SVGSVGElement): Promise<void> {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  // Variables and style sheets do not reach into an image: every mark takes its resolved paint along.
  copy.querySelectorAll("*").forEach((mark, index) => {
    const original = originals[index];
    if (!original) return;
    const computed = getComputedStyle(original);
    for (const property of INHERITED) mark.setAttribute(property, computed.getPropertyValue(property));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const url = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml;charset=utf-8" }),
  );
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const [scale, margin, head] = [2, 16, 34];
    const canvas = document.createElement("canvas");
    canvas.width = (width + 2 * margin) * scale;
    canvas.height = (height + head + 2 * margin) * scale;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const page = getComputedStyle(document.body);
    pen.scale(scale, scale);
    pen.fillStyle = page.getPropertyValue("background-color");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = page.color;
    pen.font = `600 14px ${page.fontFamily}`;
    pen.fillText(title, margin, margin + 14, width);
    pen.drawImage(image, margin, margin + head, width, height);
    canvas.toBlob((blob) => blob && download(`${name}.png`, blob));
  } finally {
    URL.revokeObjectURL(url);
  }
}
