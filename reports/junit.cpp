// JUnit XML, as CI systems read it: a suite a column of the matrix, a test case a variant.
#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/view.h"
#include "reports/words.h"
#include "reports/write.h"

namespace redflag {
namespace {

using namespace reports;

struct Suite {
  std::string cases;
  std::uint64_t tests = 0;
  std::uint64_t failures = 0;
  std::uint64_t errors = 0;
  double seconds = 0;
};

/// The text of the first finding that `run` showed, for the reader of a CI log.
std::string first_finding(const View& view, const Run& run) {
  for (const FindingCount& shown : run.findings) {
    const Finding* const finding = view.finding(shown.signature);
    if (finding == nullptr) continue;
    return fmt::format("{}: {}\n{}\n", to_string(finding->kind), finding->message, finding->text);
  }
  return {};
}

std::string child(std::string_view element, std::string_view type, const std::string& message,
                  const std::string& text) {
  return fmt::format("   <{0} type=\"{1}\" message=\"{2}\">{2}\n{3}</{0}>\n", element, escape(type),
                     escape(message), escape(text));
}

std::string result(Suite& suite, const View& view, const Run& run) {
  const std::string message = explain(view, run);
  switch (state_of(run)) {
    case State::as_expected:
      return {};
    case State::not_judged:
      ++suite.errors;
      return child("error", to_string(run.status), message, first_finding(view, run));
    default:
      ++suite.failures;
      return child("failure", to_string(*run.verdict), message, first_finding(view, run));
  }
}

void add(Suite& suite, const View& view, const Run& run) {
  ++suite.tests;
  suite.seconds += run.seconds;
  suite.cases +=
      fmt::format("  <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n{}  </testcase>\n",
                  escape(run.scenario), escape(run.variant), run.seconds, result(suite, view, run));
}

std::string counts(const Suite& suite) {
  return fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="0" time="{:.3f}")",
                     suite.tests, suite.failures, suite.errors, suite.seconds);
}

}  // namespace

std::string junit(const Campaign& campaign) {
  const View view = view_of(campaign);
  Suite all;
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    Suite suite;
    for (const Scenario& scenario : view.scenarios)
      for (const Variant& variant : scenario.variants)
        if (variant.runs[i] != nullptr) add(suite, view, *variant.runs[i]);
    all.cases += fmt::format(" <testsuite name=\"{}\" {} timestamp=\"{}\">\n{} </testsuite>\n",
                             escape(view.columns[i].name), counts(suite),
                             escape(campaign.environment.started), suite.cases);
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.seconds += suite.seconds;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"redflag\" {}>\n{}</testsuites>\n",
      counts(all), all.cases);
}

}  // namespace redflag
