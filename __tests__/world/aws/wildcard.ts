/**
 * Whether `text` is what an IAM pattern means: `*` is any run of characters, `?` is any one of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesWildcard(
  pattern: string,
  text: string,
  options: { ignoreCase?: boolean } = {},
): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, options.ignoreCase ? 'is' : 's').test(text);
}
