/**
 * A compiled file beside the one that asks (`import.meta.url`): what a worker thread or a process of its own runs. Asked
 * from the sources, as specs do, it is the file's twin under `dist/`, as of the last build.
 */
export function compiledFile(name: string, askedBy: string): URL {
  const compiled = askedBy.endsWith('.ts')
    ? askedBy.replace(/\/((?:apps|libs)\/[^/]+\/src\/)(?!.*\/(?:apps|libs)\/[^/]+\/src\/)/, '/dist/$1')
    : askedBy;
  return new URL(name, compiled);
}
