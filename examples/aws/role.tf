# GitHub's OIDC provider, and a role with which one repository's workflow pushes images into one ECR repository.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

variable "github_repository" {
  description = "OWNER/NAME on GitHub, and the ids of both: `gh api repos/OWNER/NAME --jq '.owner.id, .id'`."
  type = object({
    owner    = string
    owner_id = string
    name     = string
    id       = string
  })
}

variable "ecr_repository" {
  description = "Name of the ECR repository, such as team/app."
  type        = string
}

variable "role_name" {
  description = "Name of the role; one for each repository of an account."
  type        = string
  default     = "github-ecr-push"
}

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  # Both forms of the subject: the second is that of repositories made, renamed or transferred after 2026-07-15.
  subjects = [
    "repo:${var.github_repository.owner}/${var.github_repository.name}",
    "repo:${var.github_repository.owner}@${var.github_repository.owner_id}/${var.github_repository.name}@${var.github_repository.id}",
  ]
}

# An account can have only one; where it is there already, import it: terraform import aws_iam_openid_connect_provider.github ARN
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "push" {
  name = var.role_name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike = {
          # refs/tags/* admits whoever may push a tag, on any commit. Protect tags by a ruleset of the repository, or have
          # environment:NAME in its place, of an environment that has required reviewers.
          "token.actions.githubusercontent.com:sub" = flatten([
            for subject in local.subjects : ["${subject}:ref:refs/heads/main", "${subject}:ref:refs/tags/*"]
          ])
        }
      }
    }]
  })
}

# With kms-key, or where the registry signs what is pushed, the role needs one more statement: docs/permissions.md
resource "aws_iam_role_policy" "push" {
  name = "push"
  role = aws_iam_role.push.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Login"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "Image"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:CreateRepository",
          "ecr:DescribeImageScanFindings",
          "ecr:DescribeRepositories",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:StartImageScan",
          "ecr:UploadLayerPart",
        ]
        Resource = join(":", [
          "arn", data.aws_partition.current.partition, "ecr", data.aws_region.current.region,
          data.aws_caller_identity.current.account_id, "repository/${var.ecr_repository}",
        ])
      },
    ]
  })
}

output "role_arn" {
  description = "For the input role-to-assume."
  value       = aws_iam_role.push.arn
}
