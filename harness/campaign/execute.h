// Carries a planned campaign out: builds, runs, grades, saves.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "campaign/build.h"
#include "campaign/project.h"
#include "model/campaign.h"

namespace redflag {

/// What the user sees while it goes on. Calls come one at a time, from any thread.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void step(const std::string& what) = 0;  ///< building, mostly
  virtual void started(const Run& run) = 0;
  virtual void finished(const Run& run, std::size_t done, std::size_t all) = 0;
};

/// Builds and runs every run of `campaign`, and calls `save` after each, so that whatever happens
/// later loses nothing. When `stop` becomes true, what runs is ended and the rest stays *skipped*;
/// `campaign.complete` then stays false. Whatever `save` throws ends the campaign and is rethrown.
void execute(Campaign& campaign, const Project& project, const std::filesystem::path& folder,
             const std::atomic<bool>& stop, Observer& observer,
             const std::function<void(const Campaign&)>& save);

}  // namespace redflag
