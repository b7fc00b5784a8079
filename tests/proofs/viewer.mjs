// Opens a PDF file as the viewer of Firefox does, with pdf.js. Prints one line of JSON for each page: its size, the pieces
// of text with their places, and for each phrase how often the viewer's own search finds it there.
//
//   node viewer.mjs FOLDER-OF-PDFJS FILE [PHRASE]...
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, ...phrases] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(resolve(folder, name)).href);

// Both modules look for parts of a browser as they load. Text and search need none of them.
globalThis.DOMMatrix = class {};
globalThis.Path2D = class {};
globalThis.document = { documentElement: { style: {} }, createElement: () => ({ style: {} }) };
globalThis.navigator ??= {}; // newer Nodes have one
globalThis.window = { addEventListener() {}, requestAnimationFrame: (done) => setTimeout(done, 0) };
globalThis.pdfjsLib = await part("pdf.mjs");
const { getDocument, GlobalWorkerOptions } = globalThis.pdfjsLib;
GlobalWorkerOptions.workerSrc = pathToFileURL(resolve(folder, "pdf.worker.mjs")).href;
const { EventBus, PDFFindController } = await part("pdf_viewer.mjs");

const bytes = new Uint8Array(readFileSync(file));
const pdf = await getDocument({ data: bytes, verbosity: 0, disableFontFace: true }).promise;

// What the search asks of the viewer around it.
const viewer = { pagesCount: pdf.numPages, page: 1, rotation: 0 };

async function found(phrase) {
    const eventBus = new EventBus();
    const search = new PDFFindController({ linkService: viewer, eventBus });
    search.setDocument(pdf);
    const pending = 3; // the search's state while pages are still looked at
    await new Promise((done) => {
        eventBus.on("updatefindcontrolstate", (told) => told.state !== pending && done());
        eventBus.dispatch("find", { source: viewer, type: "", query: phrase, caseSensitive: true, entireWord: false,
            highlightAll: true, findPrevious: false, matchDiacritics: true });
    });
    // The state is told at the first match; the rest of the pages are looked at all the same.
    while (search.pageMatches.length < pdf.numPages) {
        await new Promise((done) => setTimeout(done, 5));
    }
    return search.pageMatches.map((places) => places.length);
}

const counts = [];
for (const phrase of phrases) {
    counts.push(await found(phrase));
}
for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const pieces = content.items.map((item) => ({ text: item.str, ends: item.hasEOL, at: item.transform,
        width: item.width, height: item.height }));
    console.log(JSON.stringify({ width, height, transform, pieces, found: counts.map((pages) => pages[number - 1]) }));
}
await pdf.destroy();
