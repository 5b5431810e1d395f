#include "cli/results.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "campaign/project.h"
#include "model/json.h"

namespace redflag {

Campaign read_results(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "results.json";
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw CannotRun(
        fmt::format("cannot read {}; `redflag run --out DIR` makes one", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  try {
    return campaign_from_json(text.str());
  } catch (const BadDocument& error) {
    throw CannotRun(
        fmt::format("{} is no results file that can be used: {}", file.string(), error.what()));
  }
}

}  // namespace redflag
