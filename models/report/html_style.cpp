// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// No '<' and no '&' in here: the sheet is read as XML as well.
#include <report/html_style.h>

#include <report/html_text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::array<HtmlColour, 20> colours { {
        { "window", "#0B0F14", "#F4F6F9" },
        { "panel", "#10161E", "#FFFFFF" },
        { "card", "#161D27", "#FFFFFF" },
        { "hover", "#1E2836", "#EAF0F7" },
        { "selected", "#182C3D", "#E4F0FB" },
        { "line", "#253244", "#D7DEE7" },
        { "text", "#E6EDF3", "#17202B" },
        { "text2", "#9BA9BA", "#52616F" },
        { "text3", "#8593A6", "#5F6E7D" },
        { "accent", "#4CC2FF", "#0B6BB8" },
        { "critical", "#FF5C6C", "#C81E33" },
        { "high", "#FF8B3D", "#B04C04" },
        { "medium", "#F5C044", "#7A6700" },
        { "low", "#5BA8FF", "#1A64BF" },
        { "info", "#8B98A9", "#576473" },
        { "pass", "#3CCB7F", "#15753F" },
        { "stage1", "#4CC2FF", "#0A6CA3" },
        { "stage2", "#B48CFF", "#7A45D1" },
        { "stage3", "#FF9F45", "#A35200" },
        { "stage4", "#FF6B9A", "#BD265F" },
    } };

    /// As the window orders the colours of clusters.
    constexpr std::array<std::string_view, 8> marks { "stage1", "stage2", "stage3", "stage4", "pass",
        "medium", "critical", "info" };

    constexpr std::string_view base = R"(
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--window);color:var(--text);font:.875rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word;display:grid;grid-template-columns:17rem minmax(0,1fr);grid-template-rows:auto 1fr auto}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
:target{background:var(--selected);box-shadow:0 0 0 .3rem var(--selected);border-radius:3px}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure,pre,table{margin:0}
h1,h2,h3,h4{line-height:1.25;font-weight:650;text-wrap:balance;scroll-margin-top:1rem}
code,pre{font-family:ui-monospace,SFMono-Regular,"Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
code{overflow-wrap:anywhere;unicode-bidi:isolate}
pre{background:var(--window);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.5}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.symbols{position:absolute}
.skip{position:absolute;left:-99rem;top:.5rem;z-index:2;background:var(--card);border:1px solid var(--accent);border-radius:7px;padding:.4rem .8rem}
.skip:focus{left:.5rem}
.quiet{color:var(--text2)}
.critical{--ink:var(--critical)}.high{--ink:var(--high)}.medium{--ink:var(--medium)}.low{--ink:var(--low)}.info{--ink:var(--info)}.good{--ink:var(--pass)}
.s0{--ink:var(--info)}.s1{--ink:var(--stage1)}.s2{--ink:var(--stage2)}.s3{--ink:var(--stage3)}.s4{--ink:var(--stage4)}
.shape{width:.8em;height:.8em;margin-inline-end:.4em;vertical-align:-.04em;flex:none}
.sev{color:var(--ink);font-weight:600;white-space:nowrap}
.stage{display:inline-block;min-width:1.5em;padding:0 .35em;border:1px solid var(--ink);border-radius:4px;color:var(--ink);font-size:.85em;font-weight:600;line-height:1.45;text-align:center;white-space:nowrap;margin-inline-end:.35em}
.dot{display:inline-block;width:.65em;height:.65em;border-radius:50%;background:var(--mark);margin-inline-end:.5em;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.tag{display:inline-block;border:1px solid var(--line);border-radius:5px;padding:0 .4rem;font-size:.8em;color:var(--text2);line-height:1.6}
.kind{font-size:.72rem;font-weight:600;letter-spacing:.05em;text-transform:uppercase;color:var(--text3)}
)";

    constexpr std::string_view shell = R"(
nav{grid-row:1/4;position:sticky;top:0;align-self:start;height:100vh;overflow-y:auto;overscroll-behavior:contain;background:var(--panel);border-inline-end:1px solid var(--line);padding:1.1rem .75rem 2rem;font-size:.8125rem;scrollbar-width:thin}
.where{padding:0 .6rem .9rem;margin-bottom:.9rem;border-bottom:1px solid var(--line)}
.where strong{display:block;font-size:.9375rem}
.where .tag{margin-top:.4rem}
.navname{padding:0 .6rem .3rem}
nav ol{list-style:none;padding:0}
nav a{display:flex;gap:.55rem;padding:.3rem .6rem;border-radius:7px;color:var(--text)}
nav a:hover{background:var(--hover);text-decoration:none}
nav a .no{color:var(--text3);flex:none;min-width:1.1rem}
nav ol ol a{color:var(--text2);padding-block:.16rem;padding-inline-start:1.2rem;font-size:.75rem}
.cover,main,footer{padding-inline:clamp(1rem,3.2vw,2.5rem);max-width:78rem;width:100%}
.cover{padding-top:2rem;padding-bottom:.5rem}
.brand{display:flex;align-items:center;gap:.6rem;color:var(--text2);margin-bottom:1.1rem;flex-wrap:wrap}
.brand img{width:1.75rem;height:1.75rem}
.brand .tag{margin-inline-start:auto}
.classification{border-color:var(--high);color:var(--high);font-weight:600}
h1{font-size:1.9rem;letter-spacing:-.02em;font-weight:700}
.subtitle{color:var(--text2);font-size:1rem;margin-top:.25rem}
.lead{font-size:1.0625rem;line-height:1.5;max-width:46rem}
.cover .lead{margin-top:1.1rem}
main{padding-bottom:3rem}
main:focus{outline:none}
main section.chapter{margin-top:2.75rem}
main section.chapter:first-child{margin-top:1.5rem}
h2{font-size:1.375rem;letter-spacing:-.012em;padding-bottom:.5rem;border-bottom:1px solid var(--line)}
h3{font-size:1.0625rem}
h4{font-size:.9375rem}
.chapter .part{margin-top:1.75rem}
.item{margin-top:1rem;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.85rem 1rem 1rem}
h2 .no,h3 .no,h4 .no{color:var(--text3);font-weight:500;margin-inline-end:.5em}
h2 .sev,h3 .sev,h4 .sev{font-size:.8125rem;margin-inline-end:.6em;vertical-align:.06em}
h2.staged,h3.staged,h4.staged{color:var(--ink)}
main p,main ul,main ol,main dl,main pre,main .box,main figure,main .scores,main .figures{margin-top:.75rem}
main p,main li{max-width:52rem}
p.note{font-size:.8125rem;color:var(--text2)}
.warning{display:flex;gap:.65rem;margin-top:.9rem;padding:.7rem .9rem;border:1px solid var(--medium);border-inline-start-width:4px;border-radius:8px;background:var(--card);max-width:56rem}
.warning svg{width:1.15rem;height:1.15rem;color:var(--medium);flex:none;margin-top:.1rem}
main .warning p{margin:0}
ul,ol{padding-inline-start:1.35rem}
li{margin-top:.25rem}
li::marker{color:var(--text3)}
dl{display:grid;grid-template-columns:fit-content(16rem) minmax(0,1fr);gap:.3rem 1.25rem;max-width:60rem}
dt{color:var(--text2);min-width:7rem}
dd{min-width:0}
.cover dl{max-width:none;margin-top:1.4rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.8125rem}
footer{grid-column:2;padding-block:1.2rem;border-top:1px solid var(--line);color:var(--text3);font-size:.75rem;display:flex;gap:.4rem 1.2rem;flex-wrap:wrap}
footer a{margin-inline-start:auto}
)";

    constexpr std::string_view tables = R"(
.box{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
.box.long{content-visibility:auto}
.item .box{border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.8125rem;line-height:1.45}
caption{height:0}
th,td{padding:.42rem .75rem;text-align:start;vertical-align:top;border-top:1px solid var(--line);font-weight:400;min-width:4rem}
thead th{border-top:0;color:var(--text3);font-size:.75rem;font-weight:600;white-space:nowrap;vertical-align:bottom}
tbody:first-of-type>tr:first-child>*{border-top:1px solid var(--line)}
tbody tr:hover>*{background:var(--hover)}
.n{text-align:end;min-width:0}
thead .n{text-align:end}
.f{white-space:nowrap;min-width:0}
tr.below>td{border-top:0;padding-top:0;color:var(--text2);font-size:.78rem}
.scores{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem}
.scores.all{grid-template-columns:11.5rem repeat(2,minmax(0,1fr))}
.cover .scores{margin-top:1.4rem}
.score{display:flex;gap:.9rem;background:var(--card);border:1px solid var(--line);border-top:3px solid var(--ink,var(--text3));border-radius:10px;padding:.8rem .9rem;min-width:0}
.score div{min-width:0}
.score .kind{color:var(--ink,var(--text3))}
.score strong{display:block;line-height:1.3}
.score p{font-size:.8125rem;margin-top:.2rem;color:var(--text2);line-height:1.4}
.score .worst{color:var(--text)}
.ring{width:4.25rem;height:4.25rem;flex:none}
.ring circle{fill:none;stroke-width:7;stroke:var(--line)}
.ring .arc{stroke:var(--ink,var(--text2));stroke-linecap:round}
.ring.partly .arc{stroke:var(--text3)}
.ring text{fill:var(--text);font-size:19px;font-weight:650;text-anchor:middle}
.ring.partly text{fill:var(--text2)}
.score a{color:inherit}
.total{grid-row:span 2;flex-direction:column;align-items:center;justify-content:center;text-align:center;border-top-width:1px}
.total .ring{width:6.75rem;height:6.75rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem}
.figure{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.7rem .9rem}
.figure b{display:block;font-size:1.75rem;line-height:1.15;font-weight:650;letter-spacing:-.02em;color:var(--ink,var(--text))}
.figure b .shape{width:.55em;height:.55em;vertical-align:.1em}
.figure span{color:var(--text2);font-size:.8125rem}
figcaption{font-size:.8125rem;color:var(--text2);margin-top:.5rem}
.barname{font-weight:600;color:var(--text);margin:0 0 .4rem}
.bars td,.bars th{vertical-align:middle;border-top:1px solid var(--line)}
.bars th{max-width:22rem}
.bars .track{width:50%;min-width:9rem}
.bar{display:flex;gap:1px;height:.7rem;border-radius:3px;overflow:hidden;min-width:3px}
.bar i{background:var(--ink);min-width:3px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.tally span{display:inline-flex;align-items:center;margin-inline-end:.7rem;color:var(--text2)}
.tally svg{color:var(--ink)}
.picture{overflow-x:auto;background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:.5rem}
.picture svg{display:block;width:100%;min-width:52rem;height:auto}
.picture .dark{display:none}
)";

    constexpr std::string_view ways = R"(
.way{margin-top:1rem;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.9rem 1rem 1rem}
.way header{display:flex;gap:.3rem .7rem;align-items:baseline;flex-wrap:wrap}
.way header .kind{color:var(--ink)}
.way header .tag{margin-inline-start:auto;border-color:var(--ink);color:var(--ink)}
.steps{list-style:none;padding:0;counter-reset:step}
.steps>li{max-width:none;position:relative;counter-increment:step;padding-inline-start:2.1rem;padding-bottom:.7rem;margin:0}
.steps>li::before{content:counter(step);position:absolute;inset-inline-start:0;top:0;width:1.35rem;height:1.35rem;border-radius:50%;border:1.5px solid var(--ink);color:var(--ink);background:var(--card);font-size:.72rem;font-weight:650;line-height:1.2rem;text-align:center}
.steps>li::after{content:"";position:absolute;inset-inline-start:.64rem;top:1.35rem;bottom:0;border-inline-start:1.5px solid var(--line)}
.steps>li:last-child::after{display:none}
.steps>li:last-child{padding-bottom:0}
.steps>li.unsure::before{border-style:dashed}
.steps .kind{color:var(--ink);margin-inline-start:.5rem}
main .proofs{list-style:none;padding:0;margin-top:.2rem;font-size:.8125rem;color:var(--text2)}
.proofs li{margin-top:.12rem;display:flex;gap:.1rem .9rem;flex-wrap:wrap;max-width:none}
.proofs .place{color:var(--text3)}
.breaks{margin-top:.9rem;padding-top:.7rem;border-top:1px solid var(--line)}
.breaks .kind{color:var(--pass)}
main .breaks ul{margin-top:.25rem}
.item,.way{content-visibility:auto;contain-intrinsic-size:auto 14rem}
)";

    constexpr std::string_view narrow = R"(
@media screen and (max-width:62rem){
body{display:block}
nav{position:static;height:auto;border:0;border-block:1px solid var(--line);margin-top:1rem;padding-inline:clamp(.4rem,2.2vw,1.6rem)}
nav ol ol,.where{display:none}
nav>ol{columns:2;column-gap:1rem}
.cover{padding-top:1.25rem}
h1{font-size:1.5rem}
dl{grid-template-columns:minmax(0,1fr);gap:0}
dd{margin-bottom:.5rem}
}
@media screen and (max-width:44rem){
nav>ol{columns:1}
.item,.way{padding-inline:.75rem}
.scores,.scores.all{grid-template-columns:minmax(0,1fr)}
.total{flex-direction:row;justify-content:flex-start;text-align:start}
.total .ring{width:4.25rem;height:4.25rem}
.figures{grid-template-columns:repeat(2,minmax(0,1fr))}
.bars tr{display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;border-top:1px solid var(--line)}
.bars tbody tr:first-child{border-top:0}
.bars tr>*{border:0!important;width:auto;padding-block:.2rem}
.bars tr>.track{grid-row:2}
.bars tr>.n{grid-row:2}
.bars tr>.tally{grid-column:1/-1}
.bars tr>.tally:empty{padding:0}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
)";

    constexpr std::string_view print = R"(
@media print{
html{scroll-behavior:auto}
body{display:block;background:none;font-size:9.5pt;line-height:1.42}
nav{position:static;height:auto;overflow:visible;border:0;background:none;padding:0;margin-top:6mm;break-inside:avoid;break-after:page;font-size:9.5pt}
nav>ol{columns:2;column-gap:8mm}
nav a,nav ol ol a{padding-block:1.2pt}
nav ol ol a{font-size:8.5pt}
nav a{padding-inline:0}
nav li li{break-inside:avoid}
.where,.skip,footer{display:none}
.navname{padding-inline:0;font-size:15pt;font-weight:650;letter-spacing:0;text-transform:none;color:var(--text);margin-bottom:4pt}
.cover,main{padding:0;max-width:none}
.cover{padding-top:5mm}
a{color:inherit;text-decoration:none}
main section.chapter,main section.chapter:first-child{margin-top:0}
section.chapter.new+section.chapter,section.chapter.new{break-before:page}
main>section.chapter.new:first-child{break-before:auto}
main section.chapter.follows,section.chapter.new+section.chapter.follows{break-before:auto;margin-top:20pt}
h2,h3,h4,.way header,.barname,.kind{break-after:avoid}
h1{font-size:24pt}h2{font-size:15pt}h3{font-size:12pt}h4{font-size:10.5pt}
table,.score p,p.note,main .proofs,.figure span,figcaption,.cover dl{font-size:8.2pt}
tr,.score,.figure,.warning,.steps>li,dt,dd,pre,.picture,.breaks,.box.short{break-inside:avoid}
tr.below{break-before:avoid}
thead{display:table-header-group}
.box,.picture{overflow:visible}
table{min-width:0!important}
th,td{padding:2.5pt 5pt;min-width:0}
.wide .f{white-space:normal}
tbody tr:hover>*{background:none}
:target{background:none;box-shadow:none}
.picture svg{min-width:0}
.item,.way,.box.long{content-visibility:visible}
p,li{orphans:3;widows:3}
.scores{grid-template-columns:repeat(2,minmax(0,1fr))}
.figures{grid-template-columns:repeat(auto-fit,minmax(30mm,1fr))}
.scores.all{grid-template-columns:34mm repeat(2,minmax(0,1fr))}
}
)";

    /// Margin boxes are known to browsers of 2025; others leave them out.
    std::string pages(const Document& document)
    {
        const std::string ink = ";font:8pt system-ui,sans-serif;color:#52616F}";
        std::string out = "@page{size:A4;margin:18mm 16mm 17mm;@top-left{content:";
        append(out, cssString(document.cluster), ink, "@bottom-left{content:", cssString(document.title), ink,
            "@bottom-right{content:counter(page) \" / \" counter(pages)", ink);
        if (!document.classification.empty())
            append(out, "@top-right{content:", cssString(document.classification), ink);
        return out + "}\n";
    }
}

const std::array<HtmlColour, 20>& htmlColours() { return colours; }

std::string_view markColour(std::uint32_t mark) { return marks[mark % marks.size()]; }

std::string htmlStyle(const Document& document)
{
    std::string light = "\n:root{color-scheme:light dark", dark = ":root{";
    for (const HtmlColour& colour : colours) {
        append(light, ";--", colour.name, ":", colour.light);
        append(dark, "--", colour.name, ":", colour.dark, ";");
    }
    append(light, ";--mark:var(--", markColour(document.mark), ")}\n");
    std::string out = light;
    for (const std::string_view part : { base, shell, tables, ways })
        out += part.substr(1);
    // Dark on screens only: paper is light.
    append(out, "@media screen and (prefers-color-scheme:dark){\n", dark,
        "}\n.picture.both .light{display:none}.picture.both .dark{display:block}\n"
        ".picture.single{background:#FFFFFF}\n}\n");
    append(out, narrow.substr(1), print.substr(1), pages(document));
    return out;
}

} // namespace glacis::report
