#include "model/json_fields.h"

namespace redflag {
namespace {

using nlohmann::json;

template <typename T>
std::optional<T> optional_from(const json& object, const char* key) {
  const json& value = object.at(key);
  if (value.is_null()) return std::nullopt;
  return value.get<T>();
}

template <typename T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

}  // namespace

// nlohmann finds these by argument-dependent look-up, so they stand outside the unnamed namespace.
static void to_json(json& out, Status status) { out = to_string(status); }
static void from_json(const json& in, Status& status) {
  status = enum_from(std::array{Status::ran, Status::timed_out, Status::crashed_harness,
                                Status::not_built, Status::skipped},
                     in, "status");
}
static void to_json(json& out, Verdict verdict) { out = to_string(verdict); }
static void from_json(const json& in, Verdict& verdict) {
  verdict = enum_from(
      std::array{Verdict::as_expected, Verdict::missed, Verdict::false_alarm, Verdict::unexpected},
      in, "verdict");
}
static void to_json(json& out, Role role) { out = to_string(role); }
static void from_json(const json& in, Role& role) {
  role = enum_from(std::array{Role::side, Role::allocation, Role::thread, Role::mutex, Role::other},
                   in, "role");
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Frame, function, file, line, column, module, offset)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Stack, role, title, thread, frames)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(InterleavingStep, thread, what, place, preempts, pending,
                                   skipped)

static void to_json(json& out, const Finding& finding) {
  out = {{"signature", finding.signature}, {"kind", finding.kind},
         {"tool", finding.tool},           {"message", finding.message},
         {"stacks", finding.stacks},       {"location", finding.location},
         {"text", finding.text},           {"log", finding.log}};
  if (!finding.interleaving.empty()) out["interleaving"] = finding.interleaving;
}
static void from_json(const json& in, Finding& finding) {
  in.at("signature").get_to(finding.signature);
  in.at("kind").get_to(finding.kind);
  in.at("tool").get_to(finding.tool);
  in.at("message").get_to(finding.message);
  in.at("stacks").get_to(finding.stacks);
  in.at("location").get_to(finding.location);
  in.at("text").get_to(finding.text);
  in.at("log").get_to(finding.log);
  if (in.contains("interleaving")) in.at("interleaving").get_to(finding.interleaving);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ExpectedFinding, kind, required, function,
                                                processes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OutcomeCount, text, allowed, why, count, first_execution)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Rate, value, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FindingCount, signature, processes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KindCount, kind, processes)

static void to_json(json& out, const ExhaustiveSearch& search) {
  out = {{"preemptions", nullptr}, {"complete", search.complete}, {"schedules", search.schedules}};
  if (search.preemptions) out["preemptions"] = *search.preemptions;
}

static void from_json(const json& in, ExhaustiveSearch& search) {
  if (const json& bound = in.at("preemptions"); !bound.is_null())
    search.preemptions = bound.get<std::uint32_t>();
  in.at("complete").get_to(search.complete);
  in.at("schedules").get_to(search.schedules);
}

static void to_json(json& out, const SearchCounts& search) {
  out = {{"strategy", search.strategy}, {"distinct", search.distinct}, {"steps", search.steps}};
  if (search.exhaustive) out["exhaustive"] = *search.exhaustive;
  if (search.disturbed > 0) out["disturbed"] = search.disturbed;
}

static void from_json(const json& in, SearchCounts& search) {
  in.at("strategy").get_to(search.strategy);
  in.at("distinct").get_to(search.distinct);
  in.at("steps").get_to(search.steps);
  if (in.contains("exhaustive")) search.exhaustive = in.at("exhaustive").get<ExhaustiveSearch>();
  search.disturbed = in.value("disturbed", std::uint64_t{0});
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Source, variant, side, path, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ScenarioInfo, name, title, article, summary, lesson, programs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Environment, redflag_version, started, host_os, cpu, cores,
                                   compilers, budget_seconds, hang_after_seconds, jobs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Cost, scenario, operation, unsafe_ns, safe_ns)

static void to_json(json& out, const Run& run) {
  out = {{"scenario", run.scenario},
         {"variant", run.variant},
         {"side", run.side},
         {"mode", run.mode},
         {"compiler", run.compiler},
         {"status", run.status},
         {"verdict", or_null(run.verdict)},
         {"reasons", run.reasons},
         {"program", run.program},
         {"instrumentation", run.instrumentation},
         {"executions", run.executions},
         {"executions_to_first_finding", or_null(run.executions_to_first_finding)},
         {"processes", run.processes},
         {"processes_with_finding", run.processes_with_finding},
         {"detection", run.detection},
         {"seconds", run.seconds},
         {"leaked_threads", run.leaked_threads},
         {"expected", run.expected},
         {"outcomes", run.outcomes},
         {"findings", run.findings},
         {"kinds", run.kinds}};
  if (!run.search.strategy.empty()) out["search"] = run.search;
}

static void from_json(const json& in, Run& run) {
  in.at("scenario").get_to(run.scenario);
  in.at("variant").get_to(run.variant);
  in.at("side").get_to(run.side);
  in.at("mode").get_to(run.mode);
  in.at("compiler").get_to(run.compiler);
  in.at("status").get_to(run.status);
  run.verdict = optional_from<Verdict>(in, "verdict");
  in.at("reasons").get_to(run.reasons);
  in.at("program").get_to(run.program);
  in.at("instrumentation").get_to(run.instrumentation);
  in.at("executions").get_to(run.executions);
  run.executions_to_first_finding = optional_from<std::uint64_t>(in, "executions_to_first_finding");
  in.at("processes").get_to(run.processes);
  in.at("processes_with_finding").get_to(run.processes_with_finding);
  in.at("detection").get_to(run.detection);
  in.at("seconds").get_to(run.seconds);
  in.at("leaked_threads").get_to(run.leaked_threads);
  in.at("expected").get_to(run.expected);
  in.at("outcomes").get_to(run.outcomes);
  in.at("findings").get_to(run.findings);
  if (in.contains("kinds")) in.at("kinds").get_to(run.kinds);
  if (in.contains("search")) in.at("search").get_to(run.search);
}

std::string to_json(const Campaign& campaign) {
  return document_text({{"schema_version", schema_version},
                        {"complete", campaign.complete},
                        {"environment", campaign.environment},
                        {"scenarios", campaign.scenarios},
                        {"runs", campaign.runs},
                        {"findings", campaign.findings},
                        {"costs", campaign.costs}});
}

Campaign campaign_from_json(std::string_view text) {
  return parse_document(text, [](const json& document) {
    const int version = document.at("schema_version").get<int>();
    if (version != schema_version)
      throw BadDocument(fmt::format(
          "it has schema_version {}, this redflag reads {}: {}", version, schema_version,
          version > schema_version ? "use the redflag that wrote it, or a newer one"
                                   : "run the campaign again"));
    Campaign campaign;
    document.at("complete").get_to(campaign.complete);
    document.at("environment").get_to(campaign.environment);
    document.at("scenarios").get_to(campaign.scenarios);
    document.at("runs").get_to(campaign.runs);
    document.at("findings").get_to(campaign.findings);
    document.at("costs").get_to(campaign.costs);
    return campaign;
  });
}

}  // namespace redflag
