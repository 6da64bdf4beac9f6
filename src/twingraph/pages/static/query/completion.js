// What the editor completes, all of it from the page: our prefixes and the terms of our ontology.

const MOST = 50; // suggestions at once
const SHORTEST = 2; // characters of a word that is looked for within labels
const CLASS_OF = ["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"];
const PREFIXED = /^([\w-]*):(.*)$/s;

/**
 * Puts completers of `prefixes` (name -> IRI) and `terms` ({iri, kind, label, definition}) in the
 * place of YASQE's own, which ask other sites. `kind` is class, property or resource.
 */
export function addCompleters(Yasqe, { prefixes, terms }) {
  const known = Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort();
  Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes",
    get: (_, token) => {
      const begun = (token.autocompletionString ?? token.string).trim();
      return known.filter((each) => each.startsWith(begun) && each !== begun);
    },
    bulk: false,
    autoShow: false,
    persistenceId: undefined,
  });
  Yasqe.forkAutocompleter("variables", { name: "variables", autoShow: false });
  const byIri = new Map(terms.map((term) => [term.iri, term]));
  for (const kind of ["class", "property", "resource"]) {
    Yasqe.registerAutocompleter({
      name: kind,
      isValidCompletionPosition: (yasqe) => findKind(yasqe) === kind,
      get: (yasqe, token) => find(yasqe, terms.filter((term) => term.kind === kind), token.string),
      postprocessHints: (yasqe, hints) =>
        hints.map((hint) => show(hint, byIri.get(expand(yasqe, hint.text)))),
      postProcessSuggestion: (yasqe, token, iri) => shorten(yasqe, token.string, iri),
      bulk: false,
      autoShow: false,
    });
  }
}

/** Suggests while one types, not while one only moves through the text. */
export function suggestWhileTyping(yasqe) {
  yasqe.on("inputRead", (_, change) => {
    if (/[\w:?$<-]$/.test(change.text.at(-1)) && !yasqe.state.completionActive) yasqe.autocomplete();
  });
}

/** What may stand at the cursor: a class, a property or another resource; undefined where none. */
function findKind(yasqe) {
  const token = yasqe.getCompleteToken();
  const { line } = yasqe.getDoc().getCursor();
  if (!/^(<|[\w-]*:)/.test(token.string) || token.state.inPrefixDecl) return undefined;
  const before = yasqe.getPreviousNonWsToken(line, token)?.string ?? "";
  if (/^(PREFIX|BASE)$/i.test(before)) return undefined;
  if (CLASS_OF.includes(before)) return "class";
  return token.state.possibleCurrent.includes("a") ? "property" : "resource";
}

/** The namespace of what is written as a name with a prefix; undefined where there is none. */
function findSpace(yasqe, written) {
  const [, prefix] = PREFIXED.exec(written) ?? [];
  return written.startsWith("<") ? undefined : yasqe.getPrefixesFromQuery()[prefix];
}

/** The IRIs of the terms that begin as what is written does, then of those whose label has it. */
function find(yasqe, terms, written) {
  const space = findSpace(yasqe, written);
  if (!written.startsWith("<") && space === undefined) return [];
  const [, , word] = PREFIXED.exec(written) ?? [];
  const begun = space === undefined ? written.slice(1) : space + word;
  const sought = space === undefined ? "" : word.toLowerCase();
  const first = terms.filter(({ iri }) => iri.startsWith(begun) && iri !== begun);
  const further = terms.filter(
    ({ iri, label }) =>
      sought.length >= SHORTEST && !iri.startsWith(begun) && iri.startsWith(space) &&
      `${iri.slice(space.length)} ${label}`.toLowerCase().includes(sought),
  );
  return [...first, ...further].slice(0, MOST).map(({ iri }) => iri);
}

function shorten(yasqe, written, iri) {
  const space = findSpace(yasqe, written);
  return space === undefined ? `<${iri}>` : `${PREFIXED.exec(written)[1]}:${iri.slice(space.length)}`;
}

function expand(yasqe, written) {
  const space = findSpace(yasqe, written);
  return space === undefined ? written.slice(1, -1) : space + PREFIXED.exec(written)[2];
}

/** A suggestion with the label and the definition of its term. */
function show(hint, term) {
  const render = (element) => {
    for (const [tag, text] of [["b", hint.text], ["span", term?.label], ["small", term?.definition]]) {
      if (text) element.appendChild(document.createElement(tag)).textContent = text;
    }
  };
  return { ...hint, render };
}
