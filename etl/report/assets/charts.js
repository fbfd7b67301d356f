/* Draws the charts of a page. Each <figure class="chart"> holds its Vega-Lite specification in a <script type="application/json">.
   A text in two languages is one string, 年度␟Year; the language of <html> says which side is drawn. Colours are CSS variables. */
(function () {
  "use strict";
  const NARROW = 560; // below this width the names of lines stand in a key below the chart
  const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  const axis = {
    labelColor: "var(--chart-text)", titleColor: "var(--chart-text)", gridColor: "var(--chart-grid)", domainColor: "var(--chart-axis)",
    tickColor: "var(--chart-axis)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelFont: FONT, titleFont: FONT,
    labelPadding: 6, tickSize: 4,
  };
  const config = {
    background: "transparent", font: FONT, axis, aria: false, padding: 4,
    axisX: { grid: false, labelAngle: 0, labelOverlap: "greedy" },
    axisY: { domain: false, ticks: false },
    view: { stroke: null },
    text: { fontSize: 12, font: FONT },
  };

  function read(figure, side) {
    return JSON.parse(figure.querySelector("script").textContent, (_, value) =>
      typeof value === "string" && value.includes("␟") ? value.split("␟")[side] : value);
  }

  function fit(spec, width) {
    if (width >= NARROW) return spec;
    if (spec.layer) spec.layer = spec.layer.filter((layer) => !(layer.name || "").startsWith("wide"));
    return JSON.parse(JSON.stringify(spec), (key, value) => (key === "labelLimit" ? Math.min(value, 0.4 * width) : value));
  }

  // the body that the reader adds: its points lie in the page, and are drawn as the others are
  function add(figure, spec) {
    const choice = figure.querySelector(".pick select");
    if (!choice) return "";
    choice.closest(".pick").hidden = false;
    choice.onchange = () => draw(figure);
    const picked = spec.datasets.others.filter((point) => point.name === choice.value);
    const last = picked[picked.length - 1];
    spec.datasets.points.push(...picked);
    if (last) spec.datasets.ends.push({ ...last, label_at: last.value });
    return choice.value;
  }

  async function draw(figure) {
    const place = figure.querySelector(".drawing");
    const side = document.documentElement.lang.startsWith("en") ? 1 : 0;
    const spec = fit(read(figure, side), place.clientWidth);
    const wanted = [side, place.clientWidth < NARROW, add(figure, spec)].join();
    if (figure.drawn === wanted || place.clientWidth === 0) return;
    figure.drawn = wanted;
    if (figure.view) figure.view.finalize();
    const embedded = await vegaEmbed(place, spec, { actions: false, renderer: "svg", ast: true, config, tooltip: { theme: "book" } });
    figure.view = embedded.view;
    if (!figure.dataset.drawn) figure.querySelector("details").open = false;
    figure.dataset.drawn = side ? "en" : "zh";
  }

  function drawAll() {
    for (const figure of document.querySelectorAll("figure.chart")) {
      draw(figure).catch((error) => { figure.classList.add("failed"); console.error(error); });
    }
  }

  drawAll();
  document.addEventListener("book:language", drawAll);
  window.addEventListener("resize", drawAll);
})();
