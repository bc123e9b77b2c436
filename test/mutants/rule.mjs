/**
 * A small change that breaks a rule, and the spec that has to notice.
 * @typedef {{ file: string, find: string, replace: string, spec: string }} Break
 * A rule of domain.md, and the places where it stands.
 * @typedef {{ name: string, rule: string, breaks: Break[] }} Rule
 */

/** @returns {Break} one whose file and spec are named from the domain's folder on */
export function inDomain({ file, find, replace, spec }) {
  const from = (path) => `libs/case-domain/src/${path}`;
  return { file: from(file), find, replace, spec: from(spec) };
}
