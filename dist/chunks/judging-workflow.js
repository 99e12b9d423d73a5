import{i as e}from"./rolldown-runtime.js";import{X as t,Y as n}from"./core2.js";import{t as r}from"./dist.js";import{join as i}from"node:path";import{lstat as a,readFile as o,readdir as s}from"node:fs/promises";var c=/* @__PURE__ */ e(r(),1);async function l(e,n){let r=await u(e,n);if(r!==void 0)return t(`${r} is a link and was not followed`);let s=await a(i(e,n)).catch(()=>void 0);if(s!==void 0)return s.isFile()?s.size>262144?t(`${n} is larger than 256 KiB`):o(i(e,n),`utf8`).catch(e=>t(`${n} cannot be read (${e.code??e.message})`)):t(`${n} is no ordinary file`)}async function u(e,t){let n=t.split(`/`);for(let t=1;t<=n.length;t+=1){let r=n.slice(0,t).join(`/`),o=await a(i(e,r)).catch(()=>void 0);if(o===void 0)return;if(o.isSymbolicLink())return r}}const d=`OWNER`,f=`.github/workflows`,p=/(?:^|[\s;&|])(?:(?:npm|pnpm|yarn|bun)(?:\s+(?:run|exec|-r|--[\w-]+))*\s+(?:test|coverage|t)\b|(?:npx\s+)?(?:vitest|jest|mocha|ava|nyc|c8)\b|(?:python3?\s+-m\s+)?(?:pytest|coverage run|tox|nox)\b|go\s+test\b|(?:\.\/)?(?:mvnw?|gradlew?)\b.*\b(?:test|verify|check)\b|cargo\s+(?:test|llvm-cov|tarpaulin|nextest)|dotnet\s+test|bundle exec (?:rspec|rake)|mix test|make\s+[\w-]*test)/m;async function m(e){let t=await u(e,f)!==void 0,r=t?[]:await s(i(e,f)).catch(()=>[]),a=[],o=[],d=[],p=t?[`${f} is a link and was not followed`]:[];for(let t of r.filter(e=>/\.ya?ml$/.test(e)).toSorted()){let r=`${f}/${t}`,i=await l(e,r);if(i===void 0)continue;if(n(i)){p.push(i.unavailable);continue}let s=(0,c.parseDocument)(i,{logLevel:`silent`,uniqueKeys:!1}),[u]=s.errors;if(u){p.push(`${r}: ${u.message.split(`
`)[0]}`);continue}let m=s.get(`name`),v=s.get(`jobs`);if(!(0,c.isMap)(v))continue;let y=v.items.flatMap(({key:e,value:t})=>(0,c.isScalar)(e)&&(0,c.isMap)(t)?g(String(e.value),t,i):[]),b=y.filter(({runsTests:e})=>e);for(let{job:e,hasStep:t,insertAfter:n,indent:i,permissions:o}of b){let c=o??_(s.get(`permissions`));a.push({file:r,workflow:typeof m==`string`?m:r,job:e,hasStep:t,insertAfter:n,indent:i,...c!==void 0&&{permissions:c}})}y.some(({hasStep:e,runsTests:t})=>e&&!t)&&o.push({file:r,startsAfter:h(s)}),y.some(({lacksOwner:e})=>e)&&d.push(r)}return{testJobs:a,judging:o,withoutOwner:d,problems:p}}function h(e){let t=e.getIn([`on`,`workflow_run`,`workflows`]);return(0,c.isSeq)(t)?t.items.map(e=>(0,c.isScalar)(e)?String(e.value):``):[]}function g(e,t,n){let r=t.get(`steps`);if(!(0,c.isSeq)(r)||r.items.length===0)return[];let i=r.items.flatMap(e=>(0,c.isMap)(e)?[{run:String(e.get(`run`)??``),uses:String(e.get(`uses`)??``)}]:[]),[a,o]=[r.items[0],r.items.at(-1)],s=a?.range?.[0]??0,l=(o?.range?.[1]??0)||s,u=n.lastIndexOf(`-`,s-1),f=_(t.get(`permissions`));return[{job:e,runsTests:i.some(({run:e})=>e.split(`
`).some(e=>p.test(e.slice(0,2e3)))),hasStep:i.some(({uses:e})=>/(?:^|\/)review-vitals@/.test(e)),lacksOwner:i.some(({uses:e})=>e.startsWith(`${d}/`)),insertAfter:n.slice(0,l).trimEnd().split(`
`).length,indent:u-(n.lastIndexOf(`
`,u)+1),...f!==void 0&&{permissions:f}}]}function _(e){return typeof e==`string`?e:(0,c.isMap)(e)?e.toJSON():void 0}function v(e){return`workflow_run: { workflows: [${e.map(e=>JSON.stringify(e)).join(`, `)}], types: [completed] }`}function y(e,t){return`name: Review Vitals
on:
${t.length===0?``:`  ${v(t)}\n`}  pull_request: { types: [opened, reopened, synchronize, ready_for_review, edited, closed] }
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
      - uses: ${e}
`}function b(e,t){let n=`  ${v(t)}`,r=/^ {2}workflow_run: \{ workflows: \[[^\]\n]*\], types: \[completed\] \}$/m;return r.test(e)?e.replace(r,()=>n):/^ {2}workflow_run:/m.test(e)||!/^on:$/m.test(e)?void 0:e.replace(/^on:$/m,()=>`on:\n${n}`)}export{m as a,d as i,v as n,u as o,b as r,l as s,y as t};