import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Bridge } from "./Bridge";

afterEach(cleanup);

test("the parts stand with their signs, and their sum at the foot", () => {
  render(
    <Bridge
      label="Pourquoi"
      steps={[
        { key: "level", label: "Niveau", value: 100 },
        { key: "season", label: "Saison", value: -20 },
        { key: "event", label: "Gamou", value: 35 },
      ]}
      total="Prévision"
      width={500}
      write={String}
      signed={(value) => (value > 0 ? `+${value}` : String(value))}
    />,
  );
  expect(screen.getAllByRole("img").map((bar) => bar.getAttribute("aria-label"))).toEqual([
    "Niveau : 100",
    "Saison : -20",
    "Gamou : +35",
    "Prévision : 115",
  ]);
});
