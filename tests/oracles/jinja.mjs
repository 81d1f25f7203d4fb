// Hugging Face's Jinja for JavaScript. Standard input: {"clock", "templates": [{"source", "cases": [variables]}]};
// output: [[{"text"} or {"error"}]], a list a template. Variables are rendered as they are; the clock is what strftime_now sees.
import { json } from "node:stream/consumers";
import { Template } from "@huggingface/jinja";

const { clock, templates } = await json(process.stdin);
const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...given) {
    super(...(given.length > 0 ? given : [clock]));
  }
};

const attempt = render => {
  try {
    return { text: render() };
  } catch (error) {
    return { error: String(error.message) };
  }
};
const answers = templates.map(({ source, cases }) => {
  let template;
  return cases.map(variables => attempt(() => (template ??= new Template(source)).render(variables)));
});
process.stdout.write(JSON.stringify(answers));
