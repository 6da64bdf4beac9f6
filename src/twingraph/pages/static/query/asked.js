// A question of the catalogue with values, as the address of a site's query page has it, and its
// answer as the pages of answers show it.
import { renderError } from "./results.js";

const OUTSIDE_IRI = /[\s<>"{}|\\^`]/; // what cannot stand in an IRI
const NUMBERS = { year: /^0*[1-9][0-9]{0,3}$/, count: /^[0-9]{1,9}$/ };
const INTEGER = "http://www.w3.org/2001/XMLSchema#integer";

/**
 * What an address asks: the question, its SPARQL, and the values as `told`; or in words what is
 * `refused` of it. Values are ids of resources or their IRIs, and numbers.
 */
export function readAsked(values, questions, words) {
  const name = values.get("question");
  if (!Object.hasOwn(questions, name)) return { refused: fill(words.noQuestion, name) };
  const question = questions[name];
  let query = question.text;
  const told = [];
  for (const [key, given] of values) {
    const value = given.trim();
    if (key === "question" || !value) continue; // an empty field is none
    if (!Object.hasOwn(question.parameters, key)) return { question, refused: fill(words.noParameter, key) };
    const { type, space, label } = question.parameters[key];
    const term = readTerm(type, space, value);
    if (!term || values.getAll(key).length > 1) {
      return { question, refused: fill(words[`no-${type}`] ?? words.noResource, `${label} = ${value}`) };
    }
    const line = new RegExp(`^([ \\t]*VALUES \\?${key} \\{ )\\S+( \\}[ \\t]*)$`, "gm");
    query = query.replace(line, (_, before, after) => before + term + after);
    told.push({ label, value, iri: space ? term.slice(1, -1) : "" });
  }
  return { question, query, told };
}

function readTerm(type, space, value) {
  if (!space) return NUMBERS[type]?.test(value) ? String(Number(value)) : undefined;
  if (OUTSIDE_IRI.test(value)) return undefined;
  return `<${value.includes(":") ? value : space + value}>`;
}

const fill = (text, value) => text.replace("#", () => value);

/** Makes the page that of the question, its editor folded; where its answer is to stand. */
export function openAsked({ question, told }, page, words, findLink) {
  const { tools, examples, status } = page;
  document.querySelector("h1").textContent = question.question;
  document.title = document.title.replace(/^.*? – /, `${question.question} – `);
  document.querySelector("main .lead")?.remove();
  page.root.classList.add("is-asked");
  examples.open = false;
  const given = make("p", {}, words.askedWith);
  for (const [index, { label, value, iri }] of told.entries()) {
    const { href } = iri ? findLink(iri) : {};
    given.append(index ? ", " : " ", `${label} = `, make(href ? "a" : "b", href ? { href } : {}, value));
  }
  const more = make("p", {}, make("a", { href: question.address }, words.whole));
  const answer = make("div");
  const folded = make("details", {}, make("summary", {}, words.showQuery));
  tools.replaceWith(given, more, status, answer, folded);
  folded.append(tools);
  return { answer, folded };
}

/** Puts an answer there: a table as on the pages of answers, what it rests on, and it as data. */
export function showAsked(place, question, { status, type, content }, words, findLink) {
  if (status >= 400 || !type.includes("json")) {
    place.replaceChildren(renderError(words, { status, text: content }));
    return undefined;
  }
  const { head, results } = JSON.parse(content);
  const rows = results.bindings;
  const columns = question.columns.filter(({ name }) => head.vars.includes(name));
  const parts = rows.length ? [makeTable(columns, rows, words, findLink)] : [make("p", {}, words.nothing)];
  parts.push(makeData(head.vars, rows, content, words));
  if (question.basis.length) parts.push(makeBasis(question.basis, words));
  place.replaceChildren(...parts);
  return rows.length;
}

function makeTable(columns, rows, words, findLink) {
  const heads = columns.map(({ label }) => make("th", { scope: "col" }, label));
  const lines = rows.map((row) => make("tr", {}, ...columns.map((column) => makeCell(column, row, words, findLink))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
  return make("div", { class: "wide", role: "region", "aria-label": words.answer, tabindex: "0" }, table);
}

function makeCell({ name, named, isTime, isCoded }, row, words, findLink) {
  const term = row[name];
  if (!term) return make("td");
  const cell = make("td", term.datatype === INTEGER ? { class: "number" } : {});
  const { href, id } = term.type === "uri" ? findLink(term.value) : {};
  let text = row[named]?.value ?? id ?? term.value;
  if (isTime) text = tellYears(text, words);
  if (isCoded) text = words.coded[text] ?? text;
  const shown = row[named] || !href ? make("bdi", {}, text) : text; // an address breaks anywhere
  cell.append(/^https?:/.test(href) ? make("a", { href }, shown) : shown);
  return cell;
}

/** A stated time (EDTF) as people write it: `1993–`, `?–1992`, `1994–1998`, `c. 1990`. */
export function tellYears(stated, words) {
  const some = /^([[{])(.*)[\]}]$/.exec(stated);
  if (some) return some[2].replaceAll(",", some[1] === "[" ? words.or : ", ");
  const one = (date) => {
    if (/[~%]$/.test(date)) return words.about + date.slice(0, -1);
    return /^\d{3}X$/.test(date) ? date.slice(0, 3) + words.decade : date;
  };
  const [first, last] = stated.split("/");
  if (last === undefined) return one(stated);
  return `${["", ".."].includes(first) ? "?" : one(first)}–${{ "..": "", "": "?" }[last] ?? one(last)}`;
}

function makeData(names, rows, json, words) {
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]?.value ?? ""))];
  const csv = lines.map((line) => `${line.map(quoteField).join(",")}\r\n`).join("");
  const links = [["CSV", "csv", "text/csv", csv], ["JSON", "json", "application/sparql-results+json", json]];
  const told = make("p", { class: "data" }, words.asData);
  for (const [index, [called, ending, type, content]] of links.entries()) {
    const href = URL.createObjectURL(new Blob([content], { type }));
    told.append(index ? " · " : " ", make("a", { href, download: `twingraph.${ending}` }, called));
  }
  return told;
}

/** A field of CSV (RFC 4180, 2). */
function quoteField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function makeBasis(basis, words) {
  const lines = basis.map(([kind, called, names]) =>
    make("li", {}, make("b", { class: kind }, called), ` ${names}`));
  return make("section", { class: "basis" }, make("h2", {}, words.basis), make("ul", {}, ...lines));
}

function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}
