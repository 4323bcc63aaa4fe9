import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callOf } from './calls.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const sha = 'a'.repeat(40);

test('a call is called alike in every run, whatever repository, commit and upload it is about', () => {
  const calls = {
    'sts:AssumeRoleWithWebIdentity': 'sts:AssumeRoleWithWebIdentity',
    'github:GET /oidc': 'github:GET /oidc',
    'cache:PUT blob': 'cache:PUT blob',
    [`layer:GET ${digest}`]: 'layer:GET {digest}',
    'registry:GET /v2/': 'registry:GET /v2/',
    'registry:GET /token/': 'registry:GET /token/',
    [`registry:HEAD /v2/matrix/x-7/blobs/${digest}`]: 'registry:HEAD /v2/{repository}/blobs/{digest}',
    'registry:POST /v2/matrix/x-7/blobs/uploads/': 'registry:POST /v2/{repository}/blobs/uploads/',
    'registry:PATCH /v2/matrix/x-7/blobs/uploads/3f0c':
      'registry:PATCH /v2/{repository}/blobs/uploads/{upload}',
    [`registry:PUT /v2/matrix/x-7/manifests/${digest}`]: 'registry:PUT /v2/{repository}/manifests/{digest}',
    [`registry:PUT /v2/matrix/x-7/manifests/${sha}`]: 'registry:PUT /v2/{repository}/manifests/{commit}',
    [`registry:PUT /v2/matrix/x-7/manifests/${sha}-linux-amd64`]:
      'registry:PUT /v2/{repository}/manifests/{commit}',
    'registry:GET /v2/matrix/x-7/manifests/buildcache-main':
      'registry:GET /v2/{repository}/manifests/{buildcache}',
    'registry:GET /v2/matrix/caches-x-7/manifests/buildcache-main':
      'registry:GET /v2/{caches}/manifests/{buildcache}',
    'registry:GET /v2/matrix/x-7/manifests/1.2.3': 'registry:GET /v2/{repository}/manifests/{tag}',
  };
  assert.deepEqual(Object.keys(calls).map(callOf), Object.values(calls));
});
