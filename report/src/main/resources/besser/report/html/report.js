"use strict";
// Draws the charts whose data stand in #chart-data; without this script the tables say the same.
(() => {
  const charts = JSON.parse(document.getElementById("chart-data").textContent);
  const colours = ["--line1", "--line2", "--line3", "--line4", "--line5", "--line6"];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const drawn = [];

  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.round(s % 60)).padStart(2, "0")}`;
  const figure = (v) => (v == null ? "—" : v.toLocaleString("en", { maximumSignificantDigits: 3 }));

  // More points than this are a smear: their means are drawn, and themselves only faintly.
  const POINTS = 200;
  const spanOf = (chart) => Math.ceil(chart.seconds.length / POINTS);

  // Means of span values each, where the middle one stands; uPlot joins them over the nulls.
  const means = (values, span) => {
    if (span === 1) return values;
    const out = new Array(values.length).fill(null);
    for (let from = 0; from < values.length; from += span) {
      const known = values.slice(from, from + span).filter((v) => v != null);
      const middle = Math.min(values.length - 1, from + (span >> 1));
      if (known.length) out[middle] = known.reduce((a, b) => a + b) / known.length;
    }
    return out;
  };

  const drawFaintly = (u, chart, values, colour) => {
    u.ctx.beginPath();
    let open = false;
    values.forEach((v, i) => {
      if (v == null) {
        open = false;
        return;
      }
      const x = u.valToPos(chart.seconds[i], "x", true);
      const y = u.valToPos(v, "y", true);
      if (open) u.ctx.lineTo(x, y);
      else u.ctx.moveTo(x, y);
      open = true;
    });
    u.ctx.strokeStyle = colour;
    u.ctx.globalAlpha = 0.22;
    u.ctx.lineWidth = devicePixelRatio / 2;
    u.ctx.stroke();
    u.ctx.globalAlpha = 1;
  };

  const steps = (chart) => ({
    hooks: {
      drawClear: (u) => {
        chart.bands.forEach((band, i) => {
          const x = u.valToPos(band.from, "x", true);
          const w = u.valToPos(band.to, "x", true) - x;
          u.ctx.fillStyle = css(i % 2 ? "--band-odd" : "--band");
          u.ctx.fillRect(x, u.bbox.top, w, u.bbox.height);
        });
        if (spanOf(chart) === 1) return;
        chart.lines.forEach((line, i) =>
          drawFaintly(u, chart, line.values, css(colours[i % colours.length])),
        );
      },
      // Above the lines and their grid, in the air that the range leaves.
      draw: (u) => {
        chart.bands.forEach((band) => {
          const x = u.valToPos(band.from, "x", true);
          u.ctx.fillStyle = css("--faint");
          u.ctx.textAlign = "left";
          u.ctx.font = `${12 * devicePixelRatio}px sans-serif`;
          u.ctx.fillText(band.label, x + 6 * devicePixelRatio, u.bbox.top + 14 * devicePixelRatio);
        });
      },
    },
  });

  const draw = (chart) => {
    const place = document.getElementById(chart.id);
    const span = spanOf(chart);
    const interval = chart.seconds.length > 1 ? chart.seconds[1] - chart.seconds[0] : 1;
    const axis = { stroke: css("--text"), grid: { stroke: css("--grid"), width: 1 } };
    const options = {
      width: place.clientWidth,
      height: 240,
      plugins: [steps(chart)],
      scales: { x: { time: false }, y: { range: [0, chart.maximum * 1.18] } },
      axes: [
        { ...axis, values: (u, ticks) => ticks.map(clock), label: "time, min:s" },
        { ...axis, values: (u, ticks) => ticks.map(figure), label: chart.unit, size: 70 },
      ],
      series: [
        { label: "time", value: (u, v) => (v == null ? "—" : clock(v)) },
        ...chart.lines.map((line, i) => ({
          label: line.label,
          stroke: css(colours[i % colours.length]),
          width: 1.6,
          spanGaps: span > 1,
          points: { show: false },
          dash: i < 3 ? [[], [7, 3], [2, 3]][i] : [],
          value: (u, v) =>
            v == null ? "—" : `${figure(v)} ${chart.unit}${span > 1 ? ` (${span * interval} s)` : ""}`,
        })),
      ],
    };
    drawn.push(new uPlot(options, [chart.seconds, ...chart.lines.map((l) => means(l.values, span))], place));
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
