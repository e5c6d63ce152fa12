// The canvas in the browser: draws what canvas.py sends with Cytoscape.js and tells what was clicked.
// Labels are drawn as text on a canvas or as SVG text, never as HTML.

const canvases = new WeakMap();
let library;

// The library comes as a webpack chunk of an installed package: run it with a `self` of our own, then link its modules
// as webpack's runtime would, and take the export that is Cytoscape.
function cytoscapeLibrary(address) {
  library ??= fetch(address)
    .then((answer) => answer.text())
    .then((text) => {
      const chunks = [];
      new Function("self", text)({ webpackChunkstreamlit_cytoscape: chunks });
      const modules = Object.assign({}, ...chunks.map(([, found]) => found));
      // The chunk's other modules are layouts that need more chunks; the library is the one with a style sheet.
      const id = Object.keys(modules).find((known) => modules[known].toString().includes(".stylesheet="));
      return Object.values(link(modules, id)).find((value) => typeof value === "function");
    });
  return library;
}

function link(modules, id, done = {}) {
  if (!done[id]) {
    const module = (done[id] = { exports: {} });
    const require = (other) => link(modules, other, done);
    require.d = (exports, getters) => {
      for (const name in getters) Object.defineProperty(exports, name, { enumerable: true, get: getters[name] });
    };
    require.n = (exports) => {
      const getter = () => exports;
      require.d(getter, { a: getter });
      return getter;
    };
    modules[id].call(module.exports, module, module.exports, require);
  }
  return done[id].exports;
}

export default function (component) {
  const { data, parentElement } = component;
  const known = canvases.get(parentElement);
  if (known) {
    known.update(component);
  } else {
    const canvas = { update: (next) => (canvas.next = next), next: component };
    canvases.set(parentElement, canvas);
    Promise.all([cytoscapeLibrary(data.library), document.fonts.load(`14px ${data.font}`, "Qawl قول")]).then(([cytoscape]) =>
      start(cytoscape, canvas, parentElement),
    );
  }
  return () => {
    canvases.get(parentElement)?.end?.();
    canvases.delete(parentElement);
  };
}

function start(cytoscape, canvas, parent) {
  const box = parent.querySelector(".qawl-canvas");
  const cy = cytoscape({ container: box, minZoom: 0.2, maxZoom: 4, boxSelectionEnabled: false });
  const hidden = [];
  let signature = "";

  const tell = (action, ids) => canvas.next.setTriggerValue("click", { action, ids });
  cy.on("onetap", "node", ({ target }) => tell("node", [target.id()]));
  cy.on("onetap", "edge", ({ target }) => tell("edge", [target.data("source"), target.data("target")]));
  cy.on("dbltap", "node", ({ target }) => tell("expand", [target.id()]));
  cy.on("dragfree", "node", ({ target }) => target.lock().addClass("pinned"));

  const fit = () => {
    cy.fit(cy.elements(":visible"), 40);
    if (cy.zoom() > 1.3) {
      cy.zoom(1.3);
      cy.center(cy.elements(":visible"));
    }
  };
  const actions = {
    in: () => cy.zoom({ level: cy.zoom() * 1.3, renderedPosition: middle(cy) }),
    out: () => cy.zoom({ level: cy.zoom() / 1.3, renderedPosition: middle(cy) }),
    fit,
    again: () => {
      cy.nodes().unlock().removeClass("pinned");
      arrange(cy, true).on("layoutstop", fit);
    },
    hide: () => {
      const chosen = cy.$("node:selected");
      if (chosen.length) hidden.push(chosen.hide().map((node) => node.id()));
    },
    undo: () => (hidden.pop() ?? []).forEach((id) => cy.getElementById(id).show()),
    png: () => save(cy.png({ output: "blob", full: true, scale: 2, bg: canvas.next.data.colours.background }), "png"),
    svg: () => save(new Blob([drawing(cy, canvas.next.data)], { type: "image/svg+xml" }), "svg"),
  };
  const bar = parent.querySelector(".qawl-canvas-bar");
  const onClick = ({ target }) => actions[target.closest("button")?.dataset.action]?.();
  bar.addEventListener("click", onClick);

  canvas.update = (next) => {
    canvas.next = next;
    const { elements, style, words } = next.data;
    for (const button of bar.children) {
      button.title = words[button.dataset.action];
      button.setAttribute("aria-label", button.title);
    }
    cy.style(style);
    const ids = new Set(elements.map(({ data }) => data.id));
    const before = cy.nodes().length;
    cy.elements().filter((element) => !ids.has(element.id())).remove();
    for (const element of elements) {
      const old = cy.getElementById(element.data.id);
      if (old.length) old.data(element.data);
      else cy.add(element);
    }
    const now = [...ids].sort().join();
    if (now !== signature) {
      signature = now;
      arrange(cy, !before, next.data.placed).on("layoutstop", fit);
    }
    if (hidden.length) hidden.flat().forEach((id) => cy.getElementById(id).hide());
  };
  canvas.end = () => {
    bar.removeEventListener("click", onClick);
    watch.disconnect();
    cy.destroy();
  };
  const watch = new ResizeObserver(() => cy.resize());
  watch.observe(box);
  canvas.update(canvas.next);
}

function middle(cy) {
  return { x: cy.width() / 2, y: cy.height() / 2 };
}

// New nodes find their place around those that a reader has already seen, which stay where they are.
function arrange(cy, anew, placed) {
  const settled = anew ? cy.collection() : cy.nodes().filter((node) => node.scratch("settled") && !node.locked());
  settled.lock();
  const options = placed
    ? { name: "preset" }
    : {
        name: "cose",
        animate: false,
        randomize: anew,
        fit: false,
        nodeDimensionsIncludeLabels: true,
        idealEdgeLength: () => 90,
        nodeRepulsion: () => 9e5,
        nodeOverlap: 30,
        componentSpacing: 90,
      };
  const layout = cy.layout(options);
  layout.on("layoutstop", () => {
    settled.unlock();
    cy.nodes().scratch("settled", true);
  });
  // Listeners that the caller adds hear the same event.
  queueMicrotask(() => layout.run());
  return layout;
}

function save(blob, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `qawl.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// An SVG of what is drawn: the same places, colours and labels.
function drawing(cy, { colours, font }) {
  const shown = cy.elements(":visible");
  const { x1, y1, w, h } = shown.boundingBox();
  const names = "http://www.w3.org/2000/svg";
  const make = (name, attributes, text) => {
    const element = document.createElementNS(names, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text) element.textContent = text;
    return element;
  };
  const svg = make("svg", { xmlns: names, viewBox: `${x1 - 20} ${y1 - 20} ${w + 40} ${h + 40}`, width: w + 40 });
  svg.append(make("rect", { x: x1 - 20, y: y1 - 20, width: w + 40, height: h + 40, fill: colours.background }));
  const label = (text, x, y, element) =>
    make(
      "text",
      {
        x,
        y,
        "text-anchor": "middle",
        "font-family": font,
        "font-size": element.numericStyle("font-size"),
        fill: element.style("color"),
        stroke: colours.background,
        "stroke-width": 3,
        "paint-order": "stroke",
      },
      text,
    );
  shown.edges().forEach((edge) => {
    const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const via = edge.controlPoints()?.[0];
    const path = `M${from.x} ${from.y} ` + (via ? `Q${via.x} ${via.y} ` : "L") + `${to.x} ${to.y}`;
    const stroke = edge.style("line-color");
    const width = edge.numericStyle("width");
    const dash = edge.style("line-style") === "dashed" ? "6 4" : "none";
    svg.append(make("path", { d: path, stroke, fill: "none", "stroke-width": width, "stroke-dasharray": dash }));
    const angle = (Math.atan2(to.y - (via ?? from).y, to.x - (via ?? from).x) * 180) / Math.PI;
    const turn = `translate(${to.x} ${to.y}) rotate(${angle})`;
    svg.append(make("path", { d: `M${width} 0 L${-6 - width} ${4 + width} V${-4 - width} Z`, fill: stroke, transform: turn }));
    const at = edge.midpoint();
    svg.append(label(edge.data("caption"), at.x, at.y + 4, edge));
  });
  shown.nodes().forEach((node) => {
    const { x, y } = node.position();
    const size = node.height() / 2;
    svg.append(make("circle", { cx: x, cy: y, r: size, fill: node.style("background-color") }));
    svg.append(label(node.data("caption"), x, y + size + 16, node));
  });
  return new XMLSerializer().serializeToString(svg);
}
