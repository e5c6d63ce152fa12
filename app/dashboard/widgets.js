// Streamlit's own texts in the interface's language: no setting of it changes them. Only whole texts of its widgets are
// touched, those in widgets.csv; nothing that an article brought along stands there.

const PLACES =
  "[data-testid^='stFileUploader'], [data-testid^='stFileDropzone'], [data-testid='InputInstructions'], [role='listbox']," +
  " [data-testid='stTooltipContent'], [data-testid='stDataFrameColumnMenu'], [data-testid='stStatusWidget']," +
  " [data-testid='stElementToolbar']";
let watch;

export default function ({ data }) {
  const known = data.texts.map(([text, other]) => [
    new RegExp(`^${text.split("{}").map(escaped).join("(.+)")}$`),
    other.split("{}").map((part, n) => (n ? `$${n}` : "") + part).join(""),
  ]);
  const say = (node) => {
    const text = node.nodeValue.trim();
    const [pattern, other] = known.find(([pattern]) => pattern.test(text)) ?? [];
    if (pattern) node.nodeValue = text.replace(pattern, other);
  };
  const look = (place) => {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) say(texts.currentNode);
  };
  const all = () => document.querySelectorAll(PLACES).forEach(look);
  watch?.disconnect();
  watch = new MutationObserver(all);
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  all();
  return () => watch.disconnect();
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
