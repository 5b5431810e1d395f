#include "campaign/calibration.h"

#include <algorithm>
#include <cmath>

#include "campaign/explored.h"
#include "campaign/stress.h"

namespace redflag {

std::vector<Calibrated> calibration_of(const Campaign& campaign) {
  constexpr double once_in_a_million = 1e-6;
  const StressPlan usual;
  const double long_processes = usual.processes_before_missed - usual.least_processes;
  std::vector<Calibrated> rows;
  for (const Run& run : campaign.runs) {
    if (run.status != Status::ran) continue;
    const double trials =
        run.mode == Mode::explore ? static_cast<double>(most_schedules) : long_processes;
    for (const ExpectedFinding& expected : run.expected) {
      Calibrated row{&run, expected, rate(expected.processes, run.processes), 1, false};
      row.missed = std::pow(1 - row.rate.low, trials);
      row.too_rare = expected.required && row.missed > once_in_a_million;
      rows.push_back(row);
    }
  }
  return rows;
}

bool holds(const Campaign& campaign) {
  return std::ranges::none_of(calibration_of(campaign), &Calibrated::too_rare) &&
         std::ranges::all_of(campaign.runs,
                             [](const Run& run) { return run.verdict == Verdict::as_expected; });
}

}  // namespace redflag
