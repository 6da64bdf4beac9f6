// How YASR shows an answer: with links into the site, the page's words, and the texts as they are.

const LINKED = /^https?:\/\//;

/**
 * Puts a table and a view of the plain answer in the place of YASR's. `words` are the page's;
 * `findLink` gives the address
 * of an IRI as `href`, and as `id` what of it is not the same for all of the site.
 */
export function addViews(Yasr, words, findLink) {
  class Table extends Yasr.plugins.table {
    label = words.table;
    helpReference = undefined;

    constructor(yasr) {
      super(yasr);
      const { tableConfig } = this.config;
      const language = { ...tableConfig.language, ...words.paging };
      this.config = { ...this.config, tableConfig: { ...tableConfig, language } };
    }

    getUriLinkFromBinding({ value }, prefixes = {}) {
      const [name, space] = Object.entries(prefixes).find(([, iri]) => value.startsWith(iri)) ?? [];
      const { href, id } = findLink(value);
      const shown = document.createElement(LINKED.test(href) ? "a" : "span");
      shown.textContent = space ? `${name}:${value.slice(space.length)}` : id;
      shown.title = value;
      shown.className = "iri";
      if (LINKED.test(href)) shown.setAttribute("href", href);
      return shown.outerHTML;
    }

    draw(settings) {
      super.draw(settings);
      this.destroyResizer(); // it fixes widths, as which columns are cut off
      const table = this.yasr.resultsEl.querySelector("table");
      label(table, { "aria-label": words.answer });
      for (const each of [table, ...table.querySelectorAll("col, th")]) each.style.width = "";
      label(this.yasr.pluginControls.querySelector("select"), { "aria-label": words.pageSize });
    }
  }

  class Plain extends Yasr.plugins.response {
    label = words.plain;
    helpReference = undefined;

    draw(settings) {
      const { results } = this.yasr;
      if (results.getType() === "json") {
        // Engines write one line, which an editor cannot show in parts.
        const text = JSON.stringify(JSON.parse(results.getOriginalResponseAsString()), undefined, 1);
        results.getOriginalResponseAsString = () => text;
      }
      super.draw(settings);
      label(this.yasr.resultsEl.querySelector("textarea"), { "aria-label": words.answer });
      const scrolled = this.yasr.resultsEl.querySelector(".CodeMirror-scroll");
      label(scrolled, { tabindex: "0", role: "group", "aria-label": words.answer });
    }
  }

  Yasr.registerPlugin("table", Table);
  Yasr.registerPlugin("response", Plain);
}

/** What YASR says of itself, as the page says it, and views that do not fit the answer disabled. */
export function mend(yasr, words) {
  for (const part of yasr.rootEl.querySelectorAll(".yasr_header, .overlay_content, .booleanResult")) {
    translate(part, words.controls);
  }
  for (const button of yasr.headerEl.querySelectorAll("ul button")) {
    button.disabled = button.classList.contains("disabled");
  }
}

/** Puts words in the place of texts, placeholders and labels that are exactly one of `words`. */
function translate(element, words) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    if (words[data.trim()]) texts.currentNode.data = data.replace(data.trim(), words[data.trim()]);
  }
  for (const name of ["placeholder", "aria-label", "title"]) {
    for (const each of element.querySelectorAll(`[${name}]`)) {
      const told = words[each.getAttribute(name)];
      if (told) each.setAttribute(name, told);
    }
  }
}

/**
 * Shows an answer, of which `content` is the text. YASR reads {{name}} in a text as the value of
 * another column: the texts are shown as they are.
 */
export function showAnswer(yasr, { status, statusText, type, content }) {
  if (status >= 400) {
    yasr.setResponse({ error: { status, statusText, text: content } });
    return;
  }
  yasr.setResponse({ data: content || "\n", contentType: type, status }); // an empty graph is one
  if (type.includes("json") && content.includes("{{") && yasr.results.getAsJson()) {
    yasr.results.json = JSON.parse(content);
    yasr.draw();
  }
}

/** What YASR says of an error, in the page's words: a title for its status, and what was said. */
export function renderError(words, { status, text }) {
  const told = document.createElement("div");
  told.setAttribute("role", "alert");
  const title = told.appendChild(document.createElement("strong"));
  title.textContent = words.errors[status] ?? words.errors.other;
  told.appendChild(document.createElement("pre")).textContent = text;
  return told;
}

export function label(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
