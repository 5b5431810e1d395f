// redflag replay: one saved schedule again.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gsl/util>
#include <sstream>

#include "campaign/project.h"
#include "cli/temporary_folder.h"
#include "cli/verbs.h"
#include "explore/driver/chrome_trace.h"
#include "explore/driver/debugger.h"
#include "explore/driver/detailed.h"
#include "explore/driver/findings.h"
#include "explore/driver/fork_server.h"
#include "explore/driver/narrative.h"
#include "explore/driver/schedule.h"
#include "explore/driver/steps.h"
#include "reports/write.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

Schedule read_schedule(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw UsageError(fmt::format("there is no schedule {}", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  return schedule_from_text(text.str(), file.string());
}

Target target_of(const Schedule& schedule, const fs::path& file) {
  Target target = examine(schedule.argv);
  if (target.build_id != schedule.build_id)
    throw BadSchedule(
        fmt::format("{} was made with another build of {} (build id {}, not {}): explore again",
                    file.string(), target.program.string(), schedule.build_id, target.build_id));
  target.body = schedule.body;
  return target;
}

explorer::Spec spec_of(const Schedule& schedule) {
  explorer::Spec spec = {};
  spec.strategy = explorer::StrategyId::prefix;
  spec.max_steps = schedule.max_steps;
  spec.spurious = schedule.spurious ? 1 : 0;
  spec.early_timeouts = schedule.early_timeouts ? 1 : 0;
  spec.weak_memory = schedule.weak_memory ? 1 : 0;
  spec.eviction = schedule.eviction;
  return spec;
}

// Whether the run showed the schedule's finding; says so.
bool tell(const Schedule& schedule, const explorer::Page& page, const Execution& execution,
          Namer& namer) {
  const auto findings = findings_of(page, execution, namer);
  const auto found = std::ranges::find(findings, schedule.signature, &Finding::signature);
  if (page.end == explorer::End::diverged) {
    fmt::print("the program left the schedule at step {}\n", page.diverged_at + 1);
  } else if (page.hash != schedule.hash) {
    fmt::print("the program took other steps than it did when the schedule was made\n");
  }
  if (found == findings.end()) {
    fmt::print("not shown: {}\n", schedule.signature);
    for (const auto& other : findings) fmt::print("  but: {}\n", other.signature);
    return false;
  }
  fmt::print("{}\n", found->text);
  return true;
}

}  // namespace

Exit replay(const ReplayOptions& options) {
  const Schedule schedule = read_schedule(options.file);
  const Target target = target_of(schedule, options.file);
  const explorer::Spec spec = spec_of(schedule);
  if (options.gdb) debug(target, spec, schedule.steps, schedule.racing);
  const TemporaryFolder logs("redflag-replay");
  ServerOptions server_options;
  server_options.log = logs.path() / "named";
  server_options.symbolize = true;
  server_options.racing = &schedule.racing;
  server_options.cpu = 0;
  ForkServer named(target, server_options);
  server_options.log = logs.path() / "stacked";
  server_options.symbolize = false;
  ForkServer stacked(target, server_options);
  Namer namer(target.program);
  unsigned shown = 0;
  for (unsigned i = 0; i < options.times; ++i) {
    const auto [execution, page] = run_in_detail(named, &stacked, spec, schedule.steps);
    if (i == 0) {
      if (options.trace) fmt::print("{}", in_words(steps_of(*page, namer)));
      if (options.chrome_trace) write_file(*options.chrome_trace, chrome_trace(*page, namer));
      if (tell(schedule, *page, execution, namer)) ++shown;
      continue;
    }
    const auto findings = findings_of(*page, execution, namer);
    if (std::ranges::find(findings, schedule.signature, &Finding::signature) != findings.end())
      ++shown;
  }
  fmt::print("reproduced {} of {} times: {}\n", shown, options.times, schedule.signature);
  return shown == options.times ? Exit::ok : Exit::findings;
}

}  // namespace redflag
