import { operation } from './operation.ts';
import { invalid, oneOf, structure, text } from './shape.ts';

/**
 * The settings of an account's registry and what each can be, the value that it begins with first.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutAccountSetting.html
 */
const values = {
  BASIC_SCAN_TYPE_VERSION: ['AWS_NATIVE', 'CLAIR'],
  REGISTRY_POLICY_SCOPE: ['V2', 'V1'],
  BLOB_MOUNTING: ['DISABLED', 'ENABLED'],
} as const;

export type AccountSetting = keyof typeof values;

const name = oneOf('BASIC_SCAN_TYPE_VERSION', 'REGISTRY_POLICY_SCOPE', 'BLOB_MOUNTING');

/** The value of a setting, as it was put or as it begins. */
export function settingOf(settings: ReadonlyMap<AccountSetting, string>, setting: AccountSetting): string {
  return settings.get(setting) ?? values[setting][0];
}

export const getAccountSetting = operation(structure({ name }, {}), {
  resources: () => ['*'],
  perform: ({ name: setting }, { registry: { settings } }) => ({
    name: setting,
    value: settingOf(settings, setting),
  }),
});

export const putAccountSetting = operation(structure({ name, value: text() }, {}), {
  resources: () => ['*'],
  perform({ name: setting, value }, { registry: { settings } }) {
    const allowed = values[setting];
    if (!allowed.some(each => each === value)) {
      throw invalid('value', `Member must satisfy enum value set: [${allowed.join(', ')}]`);
    }
    settings.set(setting, value);
    return { name: setting, value };
  },
});
