// llama.cpp. Standard input: {"file", "texts", "prompt", "count"}; output: {"tokens", "texts", "steps"}: each text's ids and these decoded
// again, and of the prompt's greedy continuation the ids with their log-probabilities and the gaps to the second best.
import { json } from "node:stream/consumers";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const { file, texts, prompt, count } = await json(process.stdin);
const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: file });
const tokens = texts.map(text => [...model.tokenize(text, true)]);

const steps = [];
if (count > 0) {
  // Several threads spin while they wait for each other, which takes minutes on a busy machine.
  const context = await model.createContext({ contextSize: 512, threads: 1 });
  for await (const { token, probabilities } of context.getSequence().evaluateWithMetadata(prompt, { probabilities: true }, { temperature: 0 })) {
    const [best, second] = [...probabilities.values()].map(Math.log).sort((a, b) => b - a);
    if (steps.push({ token, logProb: best, gap: best - second }) === count) break;
  }
}

process.stdout.write(JSON.stringify({ tokens, texts: tokens.map(ids => model.detokenize(ids, true)), steps }));
await llama.dispose();
