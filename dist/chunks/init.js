import{n as e}from"./collect-settings.js";import{t}from"./read-workflows.js";import{n}from"./numbers.js";import{n as r}from"./read-options.js";import{t as i}from"./usage-error.js";import{existsSync as a,mkdirSync as o,readFileSync as s,writeFileSync as c}from"node:fs";import{dirname as l,join as u,resolve as d}from"node:path";const f=`OWNER/review-vitals@v1`;async function p(e){let{values:s}=r(e,{repo:{type:`string`,default:`.`},force:{type:`boolean`,default:!1}},`init`),f=d(s.repo);if(!a(u(f,`.git`)))throw new i(`${f} is no clone of a repository: run init at its root, or name it with --repo.`);let{testJobs:p,problems:g}=await t(f),_=[...m(f,p),...h(f,p)],v=_.filter(e=>e.isNew||s.force);for(let{path:e,content:t}of v)o(l(u(f,e)),{recursive:!0}),c(u(f,e),t);let y=_.filter(e=>!e.isNew&&!s.force);return{output:[p.length===0?`No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.`:`${n(p.length,`job`)} that run${p.length===1?`s`:``} tests: ${p.map(({file:e,job:t})=>`${t} (${e})`).join(`, `)}`,...g.map(e=>`Not read: ${e}`),...v.flatMap(({path:e,isNew:t,difference:n})=>[``,`${t?`Wrote`:`Changed`} ${e}`,...t?[]:n]),...y.flatMap(({path:e,difference:t})=>[``,`Would change ${e}:`,...t]),``,...y.length>0?["Existing files were left alone. `review-vitals init --force` makes these changes."]:[],..._.length===0?["Everything is set up already. `review-vitals doctor` tells more."]:[],`Replace OWNER in the files with the owner that you use Review Vitals from.`,``].join(`
`),exitCode:0}}function m(e,t){return[...Map.groupBy(t.filter(({hasStep:e})=>!e),({file:e})=>e)].map(([t,n])=>{let r=s(u(e,t),`utf8`).split(`
`),i=[];for(let{insertAfter:e,indent:t,job:a}of n.toSorted((e,t)=>t.insertAfter-e.insertAfter)){let n=` `.repeat(t),o=[`${n}- uses: ${f}`,`${n}  if: always()`,`${n}  with: { mode: collect }`];i.unshift(`  @ ${a}`,...r.slice(Math.max(0,e-2),e).map(e=>`   ${e}`),...o.map(e=>`  +${e}`)),r.splice(e,0,...o)}return{path:t,content:r.join(`
`),isNew:!1,difference:i}})}function h(t,n){return[[`.github/workflows/review-vitals.yml`,_([...new Set(n.map(({workflow:e})=>e))])],[e,g]].filter(([e])=>!a(u(t,e))).map(([e,t])=>({path:e,content:t,isNew:!0,difference:[]}))}const g=`# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;function _(e){let t=e.map(e=>JSON.stringify(e)).join(`, `);return`name: Review Vitals
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
      - uses: ${f}
`}export{p as init};