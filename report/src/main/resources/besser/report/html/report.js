"use strict";
// Draws the charts whose data stand in #chart-data; without this script the tables say the same.
(() => {
  const charts = JSON.parse(document.getElementById("chart-data").textContent);
  const colours = ["--line1", "--line2", "--line3", "--line4", "--line5", "--line6"];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const drawn = [];

  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.round(s % 60)).padStart(2, "0")}`;
  const figure = (v) => (v == null ? "—" : v.toLocaleString("en", { maximumSignificantDigits: 3 }));

  const steps = (chart) => ({
    hooks: {
      drawClear: (u) => {
        chart.bands.forEach((band, i) => {
          const x = u.valToPos(band.from, "x", true);
          const w = u.valToPos(band.to, "x", true) - x;
          u.ctx.fillStyle = css(i % 2 ? "--band-odd" : "--band");
          u.ctx.fillRect(x, u.bbox.top, w, u.bbox.height);
          u.ctx.fillStyle = css("--faint");
          u.ctx.font = `${12 * devicePixelRatio}px sans-serif`;
          u.ctx.fillText(band.label, x + 6 * devicePixelRatio, u.bbox.top + 14 * devicePixelRatio);
        });
      },
    },
  });

  const draw = (chart) => {
    const place = document.getElementById(chart.id);
    const axis = { stroke: css("--text"), grid: { stroke: css("--grid"), width: 1 } };
    const options = {
      width: place.clientWidth,
      height: 240,
      plugins: [steps(chart)],
      scales: { x: { time: false }, y: { range: [0, chart.maximum * 1.05] } },
      axes: [
        { ...axis, values: (u, ticks) => ticks.map(clock), label: "time, min:s" },
        { ...axis, values: (u, ticks) => ticks.map(figure), label: chart.unit, size: 70 },
      ],
      series: [
        { label: "time", value: (u, v) => (v == null ? "—" : clock(v)) },
        ...chart.lines.map((line, i) => ({
          label: line.label,
          stroke: css(colours[i % colours.length]),
          width: 1.4,
          dash: i < 3 ? [[], [7, 3], [2, 3]][i] : [],
          value: (u, v) => (v == null ? "—" : `${figure(v)} ${chart.unit}`),
        })),
      ],
    };
    drawn.push(new uPlot(options, [chart.seconds, ...chart.lines.map((l) => l.values)], place));
  };

  const redraw = () => {
    drawn.splice(0).forEach((plot) => plot.destroy());
    charts.forEach(draw);
  };
  redraw();
  let pending = 0;
  addEventListener("resize", () => {
    clearTimeout(pending);
    pending = setTimeout(redraw, 150);
  });
  addEventListener("beforeprint", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
