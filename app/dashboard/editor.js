// The query editor in the browser: a text area over the same text in colours. Colours are spans with text in them,
// never HTML made of what was typed.

const KEYWORDS = {
  cypher:
    "ALL AND ANY AS ASC BY CALL CASE CONTAINS COUNT DESC DISTINCT ELSE END ENDS EXISTS FALSE IN IS LIMIT MATCH NONE NOT " +
    "NULL OPTIONAL OR ORDER RETURN SINGLE SKIP STARTS THEN TRUE UNION UNWIND WHEN WHERE WITH XOR",
  sparql:
    "A ASC ASK BASE BIND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IN " +
    "LIMIT MINUS NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SERVICE UNION UNDEF VALUES WHERE AS MAX MIN SUM AVG",
};
const TOKENS = {
  cypher: /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?<name>:\s*`?[\p{L}_][\p{L}\d_]*`?(?:\|[\p{L}_][\p{L}\d_]*)*)|(?<variable>\$\w+)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[\p{L}_][\p{L}\d_]*)/gu,
  sparql: /(?<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|<[^>\s]*>)|(?<comment>#[^\n]*)|(?<variable>[?$]\w+)|(?<name>[\p{L}_][\p{L}\d_-]*:[\p{L}\d_.-]*|:[\p{L}\d_-]+)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[\p{L}_][\p{L}\d_]*)/gu,
};

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const area = parentElement.querySelector("textarea");
  const shown = parentElement.querySelector("pre");
  const label = parentElement.querySelector("label");
  label.textContent = data.label;
  area.id ||= `qawl-editor-${Math.random().toString(36).slice(2)}`;
  label.htmlFor = area.id;
  if (area.dataset.version !== data.version) {
    area.dataset.version = data.version;
    area.value = data.text;
  }
  const draw = () => {
    shown.replaceChildren(...coloured(area.value, data.language), document.createTextNode("\n"));
    area.style.height = "auto";
    area.style.height = `${Math.max(area.scrollHeight, 120)}px`;
    if (data.error && area.value === data.error.text) mark(shown, area.value, data.error);
  };
  let told = area.value;
  const tell = () => area.value !== told && setStateValue("text", (told = area.value));
  area.oninput = draw;
  area.onblur = tell;
  area.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      told = area.value;
      setTriggerValue("run", area.value);
    }
  };
  draw();
}

function coloured(text, language) {
  const words = new Set(KEYWORDS[language].split(" "));
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(TOKENS[language])) {
    const [kind] = Object.entries(found.groups).find(([, value]) => value !== undefined);
    const isKeyword = kind === "word" && words.has(found[0].toUpperCase());
    if (kind === "word" && !isKeyword) continue;
    pieces.push(document.createTextNode(text.slice(end, found.index)), piece(found[0], isKeyword ? "keyword" : kind));
    end = found.index + found[0].length;
  }
  return [...pieces, document.createTextNode(text.slice(end))];
}

function piece(text, kind) {
  const span = document.createElement("span");
  span.className = `qawl-code-${kind}`;
  span.textContent = text;
  return span;
}

// Underline the rest of the line from the place of an error on.
function mark(shown, text, { line, column }) {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const rest = (lines[line - 1] ?? "").length - column + 1;
  const bad = piece(text.slice(start, start + Math.max(rest, 1)) || " ", "error");
  const range = document.createRange();
  const [node, offset] = at(shown, start);
  const [last, lastOffset] = at(shown, Math.min(start + Math.max(rest, 1), text.length));
  range.setStart(node, offset);
  range.setEnd(last, lastOffset);
  range.deleteContents();
  range.insertNode(bad);
}

function at(shown, place) {
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && place > node.length) {
    place -= node.length;
    node = walker.nextNode() ?? node;
  }
  return [node, Math.min(place, node.length)];
}
