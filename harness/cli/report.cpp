// redflag report: writes the reports again from results.json, without running anything.
#include <filesystem>

#include "cli/results.h"
#include "cli/summary.h"
#include "cli/verbs.h"
#include "reports/write.h"

namespace redflag {

Exit report(const std::filesystem::path& folder) {
  const Campaign campaign = read_results(folder);
  write_reports(campaign, folder);
  print_summary(campaign, std::filesystem::absolute(folder));
  return Exit::ok;
}

}  // namespace redflag
