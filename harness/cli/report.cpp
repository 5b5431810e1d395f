// redflag report: writes the reports again from results.json, without running anything.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "campaign/project.h"
#include "cli/summary.h"
#include "cli/verbs.h"
#include "model/json.h"
#include "reports/write.h"

namespace redflag {

namespace fs = std::filesystem;

Exit report(const std::filesystem::path& folder) {
  const fs::path file = folder / "results.json";
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw CannotRun(
        fmt::format("cannot read {}; `redflag run --out DIR` makes one", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  try {
    const Campaign campaign = campaign_from_json(text.str());
    write_reports(campaign, folder);
    print_summary(campaign, fs::absolute(folder));
    return Exit::ok;
  } catch (const BadDocument& error) {
    throw CannotRun(
        fmt::format("{} is no results file that can be used: {}", file.string(), error.what()));
  }
}

}  // namespace redflag
