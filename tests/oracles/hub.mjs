// Hugging Face's client of the hub for JavaScript. Standard input: {"verb": "file" | "snapshot" | "scan", "url", "cache", "repo", "path"};
// output: {"path"} of the file or the folder, or {"repos": [{"type", "name", "files", "size", "revisions": [{"commit", "refs", "files"}]}],
// "warnings", "size"}.
import { json } from "node:stream/consumers";
import { downloadFileToCacheDir, scanCacheDir, snapshotDownload } from "@huggingface/hub";

console.debug = () => {}; // what it says would stand in the output
const { verb, url, cache, repo, path } = await json(process.stdin);
const verbs = {
  file: async () => ({ path: await downloadFileToCacheDir({ repo, path, hubUrl: url, cacheDir: cache }) }),
  snapshot: async () => ({ path: await snapshotDownload({ repo, hubUrl: url, cacheDir: cache }) }),
  scan: async () => {
    const found = await scanCacheDir(cache);
    return {
      size: found.size,
      warnings: found.warnings.map(String),
      repos: found.repos.map(({ id, filesCount, size, revisions }) => ({
        type: id.type,
        name: id.name,
        files: filesCount,
        size,
        revisions: revisions.map(({ commitOid, refs, files }) => ({ commit: commitOid, refs, files: files.length })),
      })),
    };
  },
};
process.stdout.write(JSON.stringify(await verbs[verb]()));
