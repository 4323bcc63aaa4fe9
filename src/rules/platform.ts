/** Other names of processors, with the variant that they mean. https://github.com/containerd/platforms/blob/main/database.go */
const architectures: Record<string, string> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  arm: 'arm/v7',
};

/** What a variant adds nothing to. */
const plain = new Set(['arm64/v8', 'amd64/v1']);

/** A platform as BuildKit writes it: `aarch64`, `linux/arm64/v8` and `linux/arm64` are one. */
export function normalPlatform(text: string): string {
  const [first = '', second, third] = text.split('/');
  const [os, architecture] = second === undefined ? ['linux', first] : [first, second];
  const known = architectures[architecture] ?? architecture;
  if (third === undefined) return `${os}/${known}`;
  const [base = known] = known.split('/');
  const variant = /^\d$/.test(third) ? `v${third}` : third;
  return plain.has(`${base}/${variant}`) ? `${os}/${base}` : `${os}/${base}/${variant}`;
}
