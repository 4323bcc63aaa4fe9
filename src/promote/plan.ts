import type { ImageName } from '../image/inputs.ts';
import { planOtherRole } from '../role/plan.ts';
import type { OtherRole, RolePlan } from '../role/plan.ts';

/** The image that `mode: promote` copies. */
export interface SourceImage {
  name: ImageName;
  repository: {
    name: string;
    /** 12 digits; by default the account of the role that reads it. */
    registryId?: string;
  };
  region: string;
  /** The repository as the input names it, by which it is told. */
  address: string;
}

/** The inputs about what is promoted. */
export interface PromotionInputs {
  source: SourceImage;
  /** ARN of the role that reads the image; by default the step's own reads it. */
  role?: string;
}

/** What is promoted, and who reads it. */
export interface PromotionPlan {
  source: SourceImage;
  /** The role that reads the image; absent where the step's own does. */
  role?: OtherRole;
}

/** Plans who reads the image that is promoted. */
export function planPromotion(
  { source, role: arn }: PromotionInputs,
  role: Pick<RolePlan, 'source'>,
): PromotionPlan {
  return { source, ...(arn !== undefined && { role: planOtherRole({ arn }, role) }) };
}
