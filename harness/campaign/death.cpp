#include "campaign/death.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "process/symbols.h"
#include "sanitizer/signature.h"

namespace redflag {
namespace {

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto start = text.rfind('\n');
  return std::string(start == std::string_view::npos ? text : text.substr(start + 1));
}

Finding base_finding(Kind kind, std::string message) {
  Finding finding;
  finding.kind = kind;
  finding.tool = "redflag";
  finding.message = std::move(message);
  return finding;
}

Finding finding_of_signal(int signal, const Ended& ended, const ProgramStatus& status) {
  if (signal == SIGABRT && !status.death_text.empty())
    return base_finding(Kind::uncaught_exception, "uncaught exception " + status.death_text);
  if (signal == SIGABRT && status.terminated)
    return base_finding(Kind::abort, "std::terminate was called without an active exception");
  if (signal == SIGABRT) {
    const std::string said = last_line(ended.err);
    return base_finding(Kind::abort, said.empty() ? "abort" : "abort: " + said);
  }
  return base_finding(Kind::crash, "crash: " + signal_name(signal));
}

// Sanitizers that stop the program at their report end it with an exit code of their own.
bool sanitizer_stopped_it(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& finding) {
    return finding.tool == "AddressSanitizer" || finding.tool == "LeakSanitizer" ||
           finding.tool == "UBSan" || finding.kind == Kind::crash;
  });
}

bool sanitizer_reported(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& f) { return f.tool != "redflag"; });
}

std::optional<Finding> finding_of_exit(int code, const ProgramStatus& status,
                                       const std::vector<Finding>& others) {
  if (sanitizer_stopped_it(others)) return std::nullopt;
  if (status.phase == StatusPage::running)
    return base_finding(Kind::unexpected_exit,
                        fmt::format("exit with code {} in the middle of an execution", code));
  if (code != 0 && !sanitizer_reported(others))
    return base_finding(Kind::unexpected_exit, fmt::format("exit code {}", code));
  return std::nullopt;
}

}  // namespace

std::optional<Finding> finding_of_death(const std::filesystem::path& program, const Ended& ended,
                                        const ProgramStatus& status,
                                        const std::vector<std::string>& tool_errors,
                                        const std::vector<Finding>& others) {
  std::optional<Finding> finding;
  if (ended.signal != 0 && ended.signal != SIGKILL)
    finding = finding_of_signal(ended.signal, ended, status);
  else if (ended.exit_code && status.valid && tool_errors.empty())
    finding = finding_of_exit(*ended.exit_code, status, others);
  if (!finding) return std::nullopt;
  Stack stack{Role::side, "Where it ended", "", symbolize(program, status.death_offsets)};
  // The innermost frames are those of the handler that noted the stack.
  std::erase_if(stack.frames, [](const Frame& frame) {
    return frame.file.find("harness/program/death.cpp") != std::string::npos;
  });
  if (!stack.frames.empty()) finding->stacks.push_back(std::move(stack));
  finding->text = finding->message + "\n" + ended.err;
  finding->signature = signature_of(*finding);
  return finding;
}

bool did_hang(const Ended& ended) { return ended.killed && ended.signal == SIGKILL; }

std::string harness_error(const Ended& ended, const ProgramStatus& status,
                          const std::vector<std::string>& tool_errors,
                          const std::vector<Finding>& findings) {
  if (!ended.start_error.empty()) return ended.start_error;
  if (ended.signal == SIGKILL && !ended.killed)
    return "it was killed by SIGKILL, not by redflag (out of memory?)";
  if (!findings.empty()) return {};
  if (!tool_errors.empty()) return tool_errors.front();
  if (!status.valid)
    return ended.exit_code
               ? fmt::format("the program left no status (exit code {})", *ended.exit_code)
               : fmt::format("the program left no status ({})", signal_name(ended.signal));
  if (status.started == 0) return "it ended before its first execution";
  return {};
}

}  // namespace redflag
