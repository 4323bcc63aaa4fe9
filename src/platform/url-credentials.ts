/**
 * Characters. In `https://TOKEN@host/` a token stands where else a user's name does, which is shorter: `git` is no secret, and
 * masking it would mask that word everywhere.
 */
const MIN_TOKEN_LENGTH = 30;

/**
 * The part of a URL between `://` and `@`. A password may have an `@` in it that nobody has encoded, so the last one before the
 * path counts. In `docker-image://alpine:3@sha256:…` it stands before a digest. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
 */
const userInfo = /(?<=:\/\/)[^/?#\s"'\\<>|]*@(?!sha256:)/g;

/** The text with `***` in place of the user and password of each URL in it. The user `git` of ssh is kept. */
export function withoutCredentials(text: string): string {
  return text.includes('://') ? text.replace(userInfo, found => (found === 'git@' ? found : '***@')) : text;
}

/** The secrets in the URLs of a text: each password, and a token that stands alone. */
export function credentialsIn(text: string): string[] {
  if (!text.includes('://')) return [];
  return (text.match(userInfo) ?? []).flatMap(found => {
    const [user = '', ...rest] = found.slice(0, -1).split(':');
    const secret = rest.length > 0 ? rest.join(':') : user.length >= MIN_TOKEN_LENGTH ? user : '';
    return [...new Set([secret, decoded(secret)])].filter(each => each !== '');
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
