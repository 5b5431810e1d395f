#include "reports/view.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "reports/line_diff.h"
#include "sanitizer/expected.h"

namespace redflag::reports {
namespace {

/// "relaxed" of "unsafe_relaxed", "" of "unsafe".
std::string_view base_of(std::string_view variant) {
  const auto underscore = variant.find('_');
  return underscore == std::string_view::npos ? "" : variant.substr(underscore + 1);
}

auto order_of(const Variant& variant) {
  return std::tuple(base_of(variant.name), variant.side, std::string_view(variant.name));
}

std::vector<Column> columns_of(const Campaign& campaign) {
  std::vector<Column> columns;
  for (const Run& run : campaign.runs) {
    const bool known = std::ranges::any_of(columns, [&](const Column& column) {
      return column.mode == run.mode && column.compiler == run.compiler;
    });
    if (!known) columns.push_back({run.mode, run.compiler, {}});
  }
  std::ranges::stable_sort(columns, {}, &Column::mode);
  const bool one_compiler = std::ranges::all_of(
      columns, [&](const Column& c) { return c.compiler == columns.front().compiler; });
  for (Column& column : columns) {
    column.name = to_string(column.mode);
    if (!one_compiler && !column.compiler.empty()) column.name += " " + column.compiler;
  }
  return columns;
}

std::size_t column_index(const View& view, const Run& run) {
  const auto at = std::ranges::find_if(view.columns, [&](const Column& column) {
    return column.mode == run.mode && column.compiler == run.compiler;
  });
  return static_cast<std::size_t>(at - view.columns.begin());
}

Scenario& scenario_named(View& view, const std::string& name) {
  const auto at = std::ranges::find(view.scenarios, name, [](auto& s) { return s.info.name; });
  if (at != view.scenarios.end()) return *at;
  Scenario unknown;
  unknown.info.name = name;
  unknown.info.title = name;
  return view.scenarios.emplace_back(std::move(unknown));
}

Variant& variant_named(const View& view, Scenario& scenario, const std::string& name, Side side) {
  const auto at = std::ranges::find(scenario.variants, name, &Variant::name);
  if (at != scenario.variants.end()) return *at;
  Variant variant;
  variant.name = name;
  variant.side = side;
  variant.runs.resize(view.columns.size());
  return scenario.variants.emplace_back(std::move(variant));
}

void add_findings(const View& view, Scenario& scenario) {
  for (const Variant& variant : scenario.variants) {
    for (const Run* run : variant.runs) {
      if (run == nullptr) continue;
      for (const FindingCount& shown : run->findings) {
        const Finding* finding = view.finding(shown.signature);
        if (finding == nullptr) continue;
        const auto at = std::ranges::find(scenario.findings, finding, &Seen::finding);
        if (at == scenario.findings.end())
          scenario.findings.push_back({finding, {run}});
        else
          at->runs.push_back(run);
      }
    }
  }
}

std::size_t differing_lines(const std::string& one, const std::string& other) {
  const auto in_one = lines_that_differ(one, other);
  const auto in_other = lines_that_differ(other, one);
  return static_cast<std::size_t>(std::ranges::count(in_one, true) +
                                  std::ranges::count(in_other, true));
}

}  // namespace

const Finding* View::finding(std::string_view signature) const {
  const auto at = std::ranges::find(campaign.findings, signature, &Finding::signature);
  return at == campaign.findings.end() ? nullptr : &*at;
}

View view_of(const Campaign& campaign) {
  View view{campaign, columns_of(campaign), {}};
  for (const ScenarioInfo& info : campaign.scenarios) {
    view.scenarios.push_back({info, {}, {}, {}});
    for (const Source& source : info.programs)
      variant_named(view, view.scenarios.back(), source.variant, source.side).source = &source;
  }
  for (const Run& run : campaign.runs) {
    Variant& variant =
        variant_named(view, scenario_named(view, run.scenario), run.variant, run.side);
    variant.runs[column_index(view, run)] = &run;
  }
  for (Scenario& scenario : view.scenarios) {
    std::ranges::stable_sort(scenario.variants, {}, order_of);
    add_findings(view, scenario);
    for (const Cost& cost : campaign.costs)
      if (cost.scenario == scenario.info.name) scenario.costs.push_back(&cost);
  }
  return view;
}

const std::string& column_name(const View& view, const Run& run) {
  return view.columns.at(column_index(view, run)).name;
}

bool clean(const Run& run) {
  return run.status == Status::ran && run.findings.empty() && run.leaked_threads == 0 &&
         std::ranges::all_of(run.outcomes, [](const OutcomeCount& outcome) {
           return outcome.allowed || outcome.count == 0;
         });
}

std::vector<KindCount> kinds_of(const View& view, const Run& run) {
  if (!run.kinds.empty()) return run.kinds;
  Run counted;  // of older results: of each kind its commonest signature, so at least so many
  for (const FindingCount& shown : run.findings) {
    const Finding* finding = view.finding(shown.signature);
    if (finding == nullptr) continue;
    const auto known = std::ranges::find(counted.kinds, finding->kind, &KindCount::kind);
    if (known == counted.kinds.end()) {
      add_kinds(counted, {finding->kind}, shown.processes);
    } else {
      known->processes = std::max(known->processes, shown.processes);
    }
  }
  add_kinds(counted, {});
  return counted.kinds;
}

std::vector<std::string> kinds_seen(const View& view, const Run& run) {
  std::vector<std::string> kinds;
  for (const KindCount& kind : kinds_of(view, run)) kinds.emplace_back(to_string(kind.kind));
  for (const FindingCount& shown : run.findings) {
    const Finding* finding = view.finding(shown.signature);
    std::string kind = finding != nullptr ? std::string(to_string(finding->kind)) : shown.signature;
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(std::move(kind));
  }
  return kinds;
}

std::vector<ExpectedFinding> not_seen(const View& view, const Run& run) {
  std::vector<ExpectedFinding> missing;
  if (run.status != Status::ran) return missing;
  std::ranges::copy_if(run.expected, std::back_inserter(missing), [&](const auto& expected) {
    return expected.required && std::ranges::none_of(run.findings, [&](const auto& shown) {
             const Finding* finding = view.finding(shown.signature);
             return finding != nullptr && fits(expected, *finding);
           });
  });
  return missing;
}

std::uint64_t processes_with(const Run& run, std::string_view signature) {
  const auto at = std::ranges::find(run.findings, signature, &FindingCount::signature);
  return at == run.findings.end() ? 0 : at->processes;
}

std::vector<std::string> threads_of(const Finding& finding) {
  std::vector<std::string> threads;
  for (const auto& step : finding.interleaving) {
    if (std::ranges::find(threads, step.thread) == threads.end()) threads.push_back(step.thread);
  }
  // "main" is before any "T", and a shorter number is a lower one.
  std::ranges::sort(threads, {}, [](const std::string& thread) {
    return std::tuple(thread.starts_with('T'), thread.size(), thread);
  });
  return threads;
}

const Source* source_of(const Scenario& scenario, const Frame& frame) {
  for (const Variant& variant : scenario.variants) {
    if (variant.source == nullptr) continue;
    const std::string& path = variant.source->path;
    // A compiler may print the path in any form, so only folder and file are compared.
    const std::string end = scenario.info.name + '/' + path.substr(path.rfind('/') + 1);
    if (frame.file == end || frame.file.ends_with('/' + end)) return variant.source;
  }
  return nullptr;
}

const Source* twin_of(const Scenario& scenario, const Variant& variant) {
  if (variant.source == nullptr) return nullptr;
  const Source* twin = nullptr;
  std::pair<std::size_t, bool> least;  // lines that differ; whether the name says something else
  for (const Variant& other : scenario.variants) {
    if (other.side == variant.side || other.source == nullptr) continue;
    const std::pair distance(differing_lines(variant.source->text, other.source->text),
                             base_of(other.name) != base_of(variant.name));
    if (twin != nullptr && distance >= least) continue;
    twin = other.source;
    least = distance;
  }
  return twin;
}

}  // namespace redflag::reports
