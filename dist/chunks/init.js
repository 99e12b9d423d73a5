import{n as e}from"./collect-settings.js";import{n as t,t as n}from"./read-workflows.js";import{t as r}from"./group-by.js";import{s as i}from"./markdown.js";import{n as a}from"./text.js";import{n as o}from"./read-options.js";import{t as s}from"./usage-error.js";import{existsSync as c,mkdirSync as l,readFileSync as u,writeFileSync as d}from"node:fs";import{dirname as f,join as p,resolve as m}from"node:path";const h=`OWNER/review-vitals@v1`;async function g(e){let{values:r}=o(e,{repo:{type:`string`,default:`.`},force:{type:`boolean`,default:!1}},`init`),u=m(r.repo);if(!c(p(u,`.git`)))throw new s(`${u} is no clone of a repository: run init at its root, or name it with --repo.`);let{testJobs:h,problems:g}=await n(u),y=[..._(u,h),...v(u,h)],b=y.filter(e=>e.isNew||r.force);for(let{path:e}of b){let n=await t(u,e);if(n!==void 0)throw new s(`${n} is a link: nothing was written, since ${e} would end up elsewhere.`)}for(let{path:e,content:t}of b)l(f(p(u,e)),{recursive:!0}),d(p(u,e),t);let x=y.filter(e=>!e.isNew&&!r.force);return{output:[h.length===0?`No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.`:`${i(h.length,`job`)} that run${h.length===1?`s`:``} tests: ${h.map(({file:e,job:t})=>`${t} (${e})`).join(`, `)}`,...g.map(e=>`Not read: ${a(e)}`),...b.flatMap(({path:e,isNew:t,difference:n})=>[``,`${t?`Wrote`:`Changed`} ${e}`,...t?[]:n]),...x.flatMap(({path:e,difference:t})=>[``,`Would change ${e}:`,...t]),``,...x.length>0?["Existing files were left alone. `review-vitals init --force` makes these changes."]:[],...y.length===0?["Everything is set up already. `review-vitals doctor` tells more."]:[],`Replace OWNER in the files with the owner that you use Review Vitals from.`,``].join(`
`),exitCode:0}}function _(e,t){return[...r(t.filter(({hasStep:e})=>!e),({file:e})=>e)].map(([t,n])=>{let r=u(p(e,t),`utf8`).split(`
`),i=[];for(let{insertAfter:e,indent:t,job:a}of n.toSorted((e,t)=>t.insertAfter-e.insertAfter)){let n=` `.repeat(t),o=[`${n}- uses: ${h}`,`${n}  if: always()`,`${n}  with: { mode: collect }`];i.unshift(`  @ ${a}`,...r.slice(Math.max(0,e-2),e).map(e=>`   ${e}`),...o.map(e=>`  +${e}`)),r.splice(e,0,...o)}return{path:t,content:r.join(`
`),isNew:!1,difference:i}})}function v(t,n){return[[`.github/workflows/review-vitals.yml`,b([...new Set(n.map(({workflow:e})=>e))])],[e,y]].filter(([e])=>!c(p(t,e))).map(([e,t])=>({path:e,content:t,isNew:!0,difference:[]}))}const y=`# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;function b(e){let t=e.map(e=>JSON.stringify(e)).join(`, `);return`name: Review Vitals
on:
${t===``?``:`  workflow_run: { workflows: [${t}], types: [completed] }\n`}  pull_request: { types: [opened, reopened, synchronize, ready_for_review, edited, closed] }
  pull_request_review: { types: [submitted, dismissed] }
  issue_comment: { types: [created] }
  merge_group:
  schedule: [{ cron: '0 7 * * 1' }]
  workflow_dispatch:
permissions: { contents: write, pull-requests: write, checks: write, issues: write, actions: read }
concurrency:
  group: review-vitals-\${{ github.event.pull_request.number || github.event.issue.number || github.event.workflow_run.head_sha || github.event.merge_group.head_sha || 'repo' }}
  queue: max
jobs:
  vitals:
    runs-on: ubuntu-latest
    steps:
      - uses: ${h}
`}export{g as init};