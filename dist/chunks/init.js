import{n as e}from"./collect-settings.js";import{n as t,t as n}from"./read-workflows.js";import{s as r}from"./markdown.js";import{n as i}from"./text.js";import{n as a}from"./read-options.js";import{t as o}from"./usage-error.js";import{existsSync as s,mkdirSync as c,readFileSync as l,writeFileSync as u}from"node:fs";import{dirname as d,join as f,resolve as p}from"node:path";const m=`OWNER/review-vitals@v1`;async function h(e){let{values:l}=a(e,{repo:{type:`string`,default:`.`},force:{type:`boolean`,default:!1}},`init`),m=p(l.repo);if(!s(f(m,`.git`)))throw new o(`${m} is no clone of a repository: run init at its root, or name it with --repo.`);let{testJobs:h,problems:v}=await n(m),y=[...g(m,h),..._(m,h)],b=y.filter(e=>e.isNew||l.force);for(let{path:e}of b){let n=await t(m,e);if(n!==void 0)throw new o(`${n} is a link: nothing was written, since ${e} would end up elsewhere.`)}for(let{path:e,content:t}of b)c(d(f(m,e)),{recursive:!0}),u(f(m,e),t);let x=y.filter(e=>!e.isNew&&!l.force);return{output:[h.length===0?`No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.`:`${r(h.length,`job`)} that run${h.length===1?`s`:``} tests: ${h.map(({file:e,job:t})=>`${t} (${e})`).join(`, `)}`,...v.map(e=>`Not read: ${i(e)}`),...b.flatMap(({path:e,isNew:t,difference:n})=>[``,`${t?`Wrote`:`Changed`} ${e}`,...t?[]:n]),...x.flatMap(({path:e,difference:t})=>[``,`Would change ${e}:`,...t]),``,...x.length>0?["Existing files were left alone. `review-vitals init --force` makes these changes."]:[],...y.length===0?["Everything is set up already. `review-vitals doctor` tells more."]:[],`Replace OWNER in the files with the owner that you use Review Vitals from.`,``].join(`
`),exitCode:0}}function g(e,t){return[...Map.groupBy(t.filter(({hasStep:e})=>!e),({file:e})=>e)].map(([t,n])=>{let r=l(f(e,t),`utf8`).split(`
`),i=[];for(let{insertAfter:e,indent:t,job:a}of n.toSorted((e,t)=>t.insertAfter-e.insertAfter)){let n=` `.repeat(t),o=[`${n}- uses: ${m}`,`${n}  if: always()`,`${n}  with: { mode: collect }`];i.unshift(`  @ ${a}`,...r.slice(Math.max(0,e-2),e).map(e=>`   ${e}`),...o.map(e=>`  +${e}`)),r.splice(e,0,...o)}return{path:t,content:r.join(`
`),isNew:!1,difference:i}})}function _(t,n){return[[`.github/workflows/review-vitals.yml`,y([...new Set(n.map(({workflow:e})=>e))])],[e,v]].filter(([e])=>!s(f(t,e))).map(([e,t])=>({path:e,content:t,isNew:!0,difference:[]}))}const v=`# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;function y(e){let t=e.map(e=>JSON.stringify(e)).join(`, `);return`name: Review Vitals
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
      - uses: ${m}
`}export{h as init};