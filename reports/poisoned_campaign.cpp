#include "reports/sample_campaign.h"

namespace redflag::reports {
namespace {

template <typename... Texts>
void append(const std::string& poison, Texts&... texts) {
  ((texts += poison), ...);
}

}  // namespace

Campaign poisoned_campaign(const std::string& poison) {
  Campaign campaign = sample_campaign();
  Environment& e = campaign.environment;
  append(poison, e.redflag_version, e.started, e.host_os, e.cpu, e.compilers[0]);
  for (ScenarioInfo& s : campaign.scenarios) {
    append(poison, s.name, s.title, s.article, s.summary, s.lesson);
    for (Source& p : s.programs) append(poison, p.variant, p.path, p.text);
  }
  for (Run& r : campaign.runs) {
    append(poison, r.scenario, r.variant, r.compiler, r.program, r.instrumentation);
    for (std::string& reason : r.reasons) append(poison, reason);
    for (ExpectedFinding& x : r.expected) append(poison, x.function);
    for (OutcomeCount& o : r.outcomes) append(poison, o.text, o.why);
    for (FindingCount& f : r.findings) append(poison, f.signature);
  }
  for (Finding& f : campaign.findings) {
    append(poison, f.signature, f.tool, f.message, f.location, f.text, f.log);
    for (Stack& s : f.stacks) {
      append(poison, s.title, s.thread);
      for (Frame& frame : s.frames) append(poison, frame.function, frame.file, frame.module);
    }
  }
  for (Cost& c : campaign.costs) append(poison, c.scenario, c.operation);
  return campaign;
}

}  // namespace redflag::reports
