#include "reports/measured.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/view.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

constexpr std::string_view begin_mark = "<!-- measured -->\n";
constexpr std::string_view end_mark = "<!-- /measured -->\n";
constexpr std::array headings = {std::string_view("## What each tool sees, and what it misses\n"),
                                 std::string_view("## 各工具看到了什么、漏掉了什么\n")};

struct Words {
  std::string_view program, mode, of_executions, of_schedules, of_all_schedules, of_one_schedule,
      of_bounded_schedules, of_disturbed, kind, comma, of_processes_first, of_schedules_first, cost,
      caption;
};

constexpr Words english = {
    .program = "program",
    .mode = "mode",
    .of_executions = "nothing in {} executions",
    .of_schedules = "nothing in {} schedules",
    .of_all_schedules = "nothing in all {} schedules",
    .of_one_schedule = "nothing in its one schedule",
    .of_bounded_schedules = "nothing in {} schedules, among them all with at most {} preemptions",
    .of_disturbed = ", nor in {} disturbed ones",
    .kind = "{} in {}",
    .comma = ", ",
    .of_processes_first = "{} of {} processes, the first finding in execution {}",
    .of_schedules_first = "{} of {} schedules, the first finding in schedule {}",
    .cost = "cost of one operation, unsafe and safe",
    .caption =
        "Measured {} on {} cores, {} s for all programs. Rates differ from run to run and "
        "from machine to machine; `redflag run {}` measures yours."};
constexpr Words chinese = {
    .program = "程序",
    .mode = "模式",
    .of_executions = "{} 次执行，什么也没有",
    .of_schedules = "{} 个调度，什么也没有",
    .of_all_schedules = "全部 {} 个调度，什么也没有",
    .of_one_schedule = "只有一个调度，什么也没有",
    .of_bounded_schedules = "{} 个调度，什么也没有；抢占不超过 {} 次的调度全在其中",
    .of_disturbed = "；另有 {} 个受扰的调度，同样什么也没有",
    .kind = "{}：{} 个",
    .comma = "，",
    .of_processes_first = "{}（共 {} 个进程），第一个发现在第 {} 次执行",
    .of_schedules_first = "{}（共 {} 个调度），第一个发现在第 {} 个调度",
    .cost = "每次操作的代价，不安全的与安全的",
    .caption =
        "测于 {}，{} 个核，全部程序共用 {} 秒。比率因运行和机器而异；用 `redflag run {}` "
        "测量你自己的。"};

const Run* run_of(const Campaign& campaign, const Run& wanted) {
  const auto found = std::ranges::find_if(campaign.runs, [&](const Run& run) {
    return run.scenario == wanted.scenario && run.variant == wanted.variant &&
           run.mode == wanted.mode;
  });
  return found == campaign.runs.end() ? nullptr : &*found;
}

// The kinds that most processes showed, with how many did.
std::string kinds_in_words(const Campaign& campaign, const Run& run, const Words& words) {
  constexpr std::size_t most_kinds = 3;
  const View view{campaign, {}, {}};
  std::vector<KindCount> kinds = kinds_of(view, run);
  if (kinds.size() > most_kinds) kinds.resize(most_kinds);
  std::string out;
  for (const auto& [kind, processes] : kinds) {
    if (!out.empty()) out += words.comma;
    out += fmt::format(fmt::runtime(words.kind), to_string(kind), number(processes));
  }
  return out;
}

std::string nothing_in(const Run& run, const Words& words) {
  const std::uint64_t executions = run.executions - run.search.disturbed;
  const auto schedules = number(executions);
  if (run.mode != Mode::explore) return fmt::format(fmt::runtime(words.of_executions), schedules);
  const auto& search = run.search.exhaustive;
  std::string text;
  if (!search || !search->complete) {
    text = fmt::format(fmt::runtime(words.of_schedules), schedules);
  } else if (search->preemptions) {
    text = fmt::format(fmt::runtime(words.of_bounded_schedules), schedules, *search->preemptions);
  } else {
    text = executions == 1 ? std::string(words.of_one_schedule)
                           : fmt::format(fmt::runtime(words.of_all_schedules), schedules);
  }
  if (run.search.disturbed > 0)
    text += fmt::format(fmt::runtime(words.of_disturbed), number(run.search.disturbed));
  return text;
}

std::string figures(const Campaign& campaign, const Run* run, const Words& words) {
  if (run == nullptr || run->status != Status::ran) return "–";
  if (run->findings.empty()) return nothing_in(*run, words);
  const bool explored = run->mode == Mode::explore;
  return fmt::format(fmt::runtime(explored ? words.of_schedules_first : words.of_processes_first),
                     kinds_in_words(campaign, *run, words), number(run->processes),
                     number(run->executions_to_first_finding.value_or(0)));
}

std::string cost_of(const Campaign& campaign, const Cost& wanted) {
  const auto found = std::ranges::find_if(campaign.costs, [&](const Cost& cost) {
    return cost.scenario == wanted.scenario && cost.operation == wanted.operation;
  });
  if (found == campaign.costs.end()) return "–";
  return fmt::format("{} ns, {} ns", significant(found->unsafe_ns), significant(found->safe_ns));
}

std::string costs_table(const std::vector<Campaign>& campaigns, const Scenario& scenario,
                        std::string head, const Words& words) {
  if (scenario.costs.empty()) return {};
  std::string rule = "|---|";
  std::string rows;
  for (std::size_t i = 0; i < campaigns.size(); ++i) rule += "---|";
  for (const Cost* cost : scenario.costs) {
    rows += fmt::format("| {} |", cost->operation);
    for (const Campaign& campaign : campaigns)
      rows += fmt::format(" {} |", cost_of(campaign, *cost));
    rows += "\n";
  }
  return fmt::format("| {} |{}\n{}\n{}\n", words.cost, head, rule, rows);
}

std::string compiler_of(const Campaign& campaign) {
  return campaign.runs.empty() || campaign.runs.front().compiler == "gcc" ? "g++" : "clang++";
}

}  // namespace

std::string measured_table(const std::vector<Campaign>& campaigns, std::string_view scenario,
                           Language language) {
  const Words& words = language == Language::english ? english : chinese;
  std::string compilers;
  std::string rule = "|---|---|";
  for (const Campaign& campaign : campaigns) {
    compilers += fmt::format(" {} |", compiler_of(campaign));
    rule += "---|";
  }
  std::string rows;
  std::string costs;
  const View view = view_of(campaigns.front());
  for (const Scenario& shown : view.scenarios) {
    if (shown.info.name != scenario) continue;
    costs = costs_table(campaigns, shown, compilers, words);
    for (const Variant& variant : shown.variants) {
      for (const Run* run : variant.runs) {
        if (run == nullptr) continue;
        rows += fmt::format("| `{}` | {} |", variant.name, to_string(run->mode));
        for (const Campaign& campaign : campaigns)
          rows += fmt::format(" {} |", figures(campaign, run_of(campaign, *run), words));
        rows += "\n";
      }
    }
  }
  if (rows.empty()) return {};
  const Environment& environment = campaigns.front().environment;
  return fmt::format("| {} | {} |{}\n{}\n{}\n{}", words.program, words.mode, compilers, rule, rows,
                     costs) +
         fmt::format(fmt::runtime(words.caption), environment.started.substr(0, 10),
                     environment.cores, significant(environment.budget_seconds), scenario) +
         "\n";
}

std::optional<std::string> with_measured_table(const std::string& lesson,
                                               const std::string& table) {
  const std::string block = fmt::format("{}\n{}\n{}", begin_mark, table, end_mark);
  const auto begin = lesson.find(begin_mark);
  const auto end = lesson.find(end_mark);
  if (begin != std::string::npos && end != std::string::npos && begin < end)
    return lesson.substr(0, begin) + block + lesson.substr(end + end_mark.size());
  if (begin != std::string::npos || end != std::string::npos) return std::nullopt;
  for (const std::string_view heading : headings) {
    const auto at = lesson.find(heading);
    if (at == std::string::npos) continue;
    const auto after = at + heading.size();
    return lesson.substr(0, after) + "\n" + block + lesson.substr(after);
  }
  return std::nullopt;
}

}  // namespace redflag::reports
