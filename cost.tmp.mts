import { chromium } from 'playwright-core';
import {readFileSync} from 'node:fs';
const src=readFileSync('node_modules/axe-core/axe.min.js','utf8');
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--headless','--no-sandbox','--disable-gpu',...process.argv.slice(2)]});
const T=async(n:string,f:()=>Promise<any>)=>{const t=performance.now();const r=await f();console.log(n,Math.round(performance.now()-t),typeof r==='string'||typeof r==='number'?r:'');};
for (const [name,o] of [['d',{viewport:{width:1440,height:900}}],['p',{viewport:{width:390,height:844},deviceScaleFactor:2,isMobile:true,hasTouch:true}]] as const) {
  const c = await b.newContext(o); const p = await c.newPage();
  await T(name+' load',async()=>{await p.goto('http://localhost:3451/advertiser/1?compare=yes'); await p.locator('.plot canvas').waitFor(); await p.locator('tr[data-invoice]').first().waitFor();});
  for (const th of ['light','dark'] as const){ await T('theme',()=>p.emulateMedia({colorScheme:th}));
  await T('shot',async()=>{await p.screenshot({path:'/tmp/x.png'})}); await T('full',async()=>{await p.screenshot({path:'/tmp/x.png',fullPage:true})});
  await T('full css',async()=>{await p.screenshot({path:'/tmp/x.png',fullPage:true,scale:'css'})});
  await T('jpeg full',async()=>{await p.screenshot({path:'/tmp/x.jpg',fullPage:true,type:'jpeg'})});
  await T('axe src',()=>p.evaluate(src));
  await T('axe',()=>p.evaluate(()=>(globalThis as any).axe.run(document,{resultTypes:['violations']}).then((r:any)=>r.violations.length)));
  await T('axe contrast only',()=>p.evaluate(()=>(globalThis as any).axe.run(document,{resultTypes:['violations'],runOnly:['color-contrast']}).then((r:any)=>r.violations.length)));
  await T('axe noiframe/preload',()=>p.evaluate(()=>(globalThis as any).axe.run(document,{resultTypes:['violations'],preload:false,iframes:false}).then((r:any)=>r.violations.length)));
  }
  await c.close();
}
await b.close();
