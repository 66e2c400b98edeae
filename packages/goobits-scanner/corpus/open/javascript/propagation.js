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
