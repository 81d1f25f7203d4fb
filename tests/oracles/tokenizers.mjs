// Hugging Face's tokenizers for JavaScript. Standard input: {"file", "texts"}; output: [{"ids", "text"}], the text decoded from the ids.
import { readFileSync } from "node:fs";
import { json } from "node:stream/consumers";
import { Tokenizer } from "@huggingface/tokenizers";

const { file, texts } = await json(process.stdin);
const tokenizer = new Tokenizer(JSON.parse(readFileSync(file, "utf8")), {});
const answers = texts.map(text => {
  const { ids } = tokenizer.encode(text, { add_special_tokens: false });
  return { ids, text: tokenizer.decode(ids, { skip_special_tokens: false, clean_up_tokenization_spaces: false }) };
});
process.stdout.write(JSON.stringify(answers));
