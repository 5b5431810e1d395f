// The HTML report: head, summary, legend, matrix, scenarios.
#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/page.h"
#include "reports/words.h"
#include "reports/write.h"

namespace redflag {
namespace reports {
namespace {

// The policy lets nothing be fetched, whatever a finding's text should smuggle in.
constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 1v14' stroke='%23777' stroke-width='1.5'/%3E%3Cpath d='M4 2h10l-3 3.5L14 9H4z' fill='%23c8102e'/%3E%3C/svg%3E" />
)";

constexpr std::string_view mark =
    R"(<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><path class="pole" d="M3 1v14"/>)"
    R"(<path class="cloth" d="M4 2h10l-3 3.5L14 9H4z"/></svg>)";

constexpr std::string_view intro =
    "A scenario is one concurrency risk as small programs: <b>unsafe</b> shows the risk, "
    "<b>safe</b> is the same program with the fix. Each was run many times in each mode, and what "
    "the tools reported is compared with what the program declares.";

constexpr std::string_view legend = R"(<section id="words">
<h2>Words</h2>
<dl class="legend">
<div><dt class="ok"><span class="symbol">✓</span> as expected</dt><dd>it showed what it declares and nothing else</dd></div>
<div><dt class="bad"><span class="symbol">✗</span> missed</dt><dd>it must show a finding and did not</dd></div>
<div><dt class="bad"><span class="symbol">⚑</span> false alarm</dt><dd>a safe variant showed a finding</dd></div>
<div><dt class="bad"><span class="symbol">‼</span> unexpected</dt><dd>an unsafe variant showed a finding that it does not declare</dd></div>
<div><dt class="absent"><span class="symbol">–</span> did not run</dt><dd>timed out, crashed the harness, not built or skipped: never a pass</dd></div>
<div><dt>2/13 processes</dt><dd>the program was started 13 times, and 2 of those processes showed a finding</dd></div>
<div><dt>first at 40</dt><dd>the first finding came in the 40th execution; an execution is the body run once, many in a process</dd></div>
<div><dt>plain</dt><dd>no sanitizer: forbidden outcomes, hangs, crashes, threads left running</dd></div>
<div><dt>tsan</dt><dd>ThreadSanitizer: data races, locks in two orders, misused mutexes</dd></div>
<div><dt>asan</dt><dd>AddressSanitizer with UBSan and LeakSanitizer: memory used after its life, undefined behaviour, leaks</dd></div>
<div><dt>explore</dt><dd>the program of tsan with one thread at a time, each time another schedule: deadlocks, lost wake-ups, and all that tsan sees</dd></div>
</dl>
</section>
)";

std::string environment_html(const Environment& environment) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty())
      out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, escape(value));
  };
  add("Started", environment.started);
  add("redflag", environment.redflag_version);
  add("System", environment.host_os);
  const std::string cores = count(environment.cores, "core");
  add("Processor", environment.cpu.empty() ? cores : environment.cpu + ", " + cores);
  for (const std::string& compiler : environment.compilers) add("Compiler", compiler);
  if (environment.budget_seconds > 0) add("Time budget", duration(environment.budget_seconds));
  add("Jobs", number(environment.jobs));
  return fmt::format("<dl class=\"environment\">\n{}</dl>\n", out);
}

}  // namespace
}  // namespace reports

std::string html(const Campaign& campaign) {
  using namespace reports;
  const View view = view_of(campaign);
  const std::string verdict = escape(summary(view));
  std::string out(head);
  out += fmt::format("<title>redflag report: {}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
                     verdict, page_css);
  out += fmt::format(
      "<header>\n<h1>{} redflag <span>report</span></h1>\n<p class=\"lead {}\">{}</p>\n"
      "<p class=\"intro\">{}</p>\n{}</header>\n<main>\n",
      mark, exit_code(campaign) == 0 ? "ok" : "bad", verdict, intro,
      environment_html(campaign.environment));
  out += legend;
  out += matrix_html(view);
  out += article_html(view);
  for (const Scenario& scenario : view.scenarios) out += scenario_html(view, scenario);
  return out + fmt::format("</main>\n<script>\n{}</script>\n</body>\n</html>\n", page_js);
}

}  // namespace redflag
