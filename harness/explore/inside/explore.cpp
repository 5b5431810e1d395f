// redflag::explore(): the driver in the process that it explores children of.
#include <redflag/explore.h>

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "explore/driver/narrative.h"
#include "explore/driver/search.h"
#include "explore/page.h"

extern "C" {
// The explorer knows by it that the program says where an execution begins and ends.
extern const char redflag_explores_itself;
__attribute__((used)) const char redflag_explores_itself = 1;

// The runtime, which is linked into the same program.
bool redflag_explore_is_there();
bool redflag_explore_next();
void redflag_explore_end(const char* outcome, const char* signature, const char* message);
void redflag_explore_attach(redflag::explorer::Page* page, int in, int out);
}

namespace redflag {
namespace {

namespace fs = std::filesystem;

// The name of what is explored, for a replay to find it again in the same build. A function or a
// loop may explore several bodies at one place: they are numbered.
std::string name_of(CallSite where) {
  static std::mutex mutex;
  static std::map<std::string, unsigned> calls;
  std::string name = fmt::format("{}:{}", fs::path(where.file).filename().string(), where.line);
  const std::lock_guard lock(mutex);
  const unsigned before = calls[name]++;
  return before == 0 ? name : fmt::format("{} (call {})", name, before + 1);
}

std::vector<std::string> command_line() {
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(in, word, '\0');) words.push_back(word);
  return words;
}

// As the driver orders it. An exception that leaves the body ends the process, as it would end a
// thread.
void execute(const std::function<void()>& body, const ExploreOptions& options,
             const std::string& name) noexcept {
  while (redflag_explore_next()) {
    body();
    const std::string failure = options.failure ? options.failure() : "";
    const std::string signature = fmt::format("forbidden-outcome: {}", name);
    redflag_explore_end("", failure.empty() ? nullptr : signature.c_str(), failure.c_str());
  }
}

// This process runs under a driver already: `redflag replay`, or `redflag explore` on all of it.
bool is_wanted(const std::string& name) {
  const char* wanted = std::getenv(explorer::body_variable);
  return wanted == nullptr || wanted == name;
}

SearchOptions search_options(const ExploreOptions& options) {
  SearchOptions search;
  search.strategy = options.strategy;
  search.schedules = options.schedules;
  if (options.time) search.seconds = options.time->count();
  search.seed = options.seed;
  search.depth = options.depth;
  search.preemptions = options.preemptions;
  search.max_steps = options.max_steps;
  search.spurious = options.spurious;
  search.early_timeouts = options.early_timeouts;
  search.weak_memory = options.weak_memory;
  search.until_finding = !options.all_findings;
  search.folder = fs::absolute(options.folder);
  return search;
}

Target this_process(const std::function<void()>& body, const ExploreOptions& options,
                    const std::string& name) {
  Target target = examine({fs::read_symlink("/proc/self/exe").string()});
  target.argv = command_line();
  target.body = name;
  target.child = [&body, &options, name](explorer::Page& page, int in, int out) {
    redflag_explore_attach(&page, in, out);
    execute(body, options, name);
  };
  return target;
}

}  // namespace

Explored explore(const std::function<void()>& body, const ExploreOptions& options, CallSite where) {
  const std::string name = name_of(where);
  if (redflag_explore_is_there()) {
    if (is_wanted(name)) execute(body, options, name);
    return {.text = "explored by redflag from outside"};
  }
  const SearchOptions search_for = search_options(options);
  const SearchResult result = search(this_process(body, options, name), search_for);
  Explored explored;
  explored.schedules = result.schedules;
  explored.distinct = result.distinct;
  explored.steps = result.steps;
  explored.complete = result.complete;
  for (const auto& discovery : result.discoveries) {
    explored.findings.push_back(discovery.finding.signature);
    explored.text += in_words(discovery, result.schedules) + "\n";
  }
  explored.text += in_words(result, search_for);
  return explored;
}

}  // namespace redflag
