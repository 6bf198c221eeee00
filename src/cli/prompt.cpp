#include "cli/prompt.hpp"

#include <csignal>
#include <ctime>
#include <iostream>
#include <optional>
#include <thread>

#include "cli/line_editor.hpp"
#include "cli/output.hpp"
#include "cli/run_sql.hpp"
#include "cli/statements.hpp"
#include "cli/tables.hpp"

namespace fleetmeter::cli {

namespace {

constexpr const char* kPrompt = "fleetmeter> ";
constexpr const char* kMore = "       ...> ";

constexpr const char* kHelp =
    "A SELECT ends with a semicolon, and may span lines. Tab completes names, the arrows go\n"
    "through what was asked before, Ctrl-C cancels, Ctrl-D ends.\n"
    "  .tables        the tables and views\n"
    "  .schema NAME   what the columns of one hold\n"
    "  .help          this text\n"
    "  .quit          end\n";

/// Keeps Ctrl-C from ending the program, as long as it lives: it waits until somebody asks for it.
class Interrupts {
 public:
  Interrupts() {
    sigemptyset(&interrupt_);
    sigaddset(&interrupt_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt_, &before_);
  }
  ~Interrupts() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Whether one came, or comes within so long.
  [[nodiscard]] bool wait(const timespec& time) const {
    return sigtimedwait(&interrupt_, nullptr, &time) == SIGINT;
  }

  /// What came before does not count.
  void forget() const {
    while (wait({0, 0})) {
    }
  }

 private:
  sigset_t interrupt_{};
  sigset_t before_{};
};

/// Makes Ctrl-C stop what a store does, as long as it lives.
class CtrlC {
 public:
  CtrlC(Store& store, const Interrupts& interrupts) : store_(store), interrupts_(interrupts) {
    store_.stop_when(stop_.get_token());
    watcher_ = std::jthread([this](const std::stop_token& done) { watch(done); });
  }
  ~CtrlC() {
    watcher_.request_stop();
    watcher_.join();
    store_.stop_when({});
  }
  CtrlC(const CtrlC&) = delete;
  CtrlC& operator=(const CtrlC&) = delete;

 private:
  void watch(const std::stop_token& done) {
    constexpr timespec kMoment{0, 20'000'000};
    while (!done.stop_requested()) {
      if (interrupts_.wait(kMoment)) {
        stop_.request_stop();
      }
    }
  }

  Store& store_;
  const Interrupts& interrupts_;
  std::stop_source stop_;
  std::jthread watcher_;
};

class Prompt {
 public:
  explicit Prompt(const Options& options)
      : options_(options),
        store_(Store::open(options.db)),
        editor_(state_file("sql_history"),
                [this](const std::string& line) { return complete(line); }) {}

  int run() {
    std::cout << "fleetmeter " << version() << ", " << printable(options_.db)
              << ". SQL ends with a semicolon; .help tells more, .quit ends.\n";
    while (!is_over_) {
      const auto line = read();
      if (!line) {
        std::cout << '\n';
        break;
      }
      take(*line);
    }
    return 0;
  }

 private:
  /// Where Ctrl-C is no key, it ends the program.
  std::optional<LineEditor::Line> read() {
    const char* const prompt = says_nothing(typed_) ? kPrompt : kMore;
    if (!editor_.takes_ctrl_c()) {
      interrupts_.reset();
      return editor_.read(prompt);
    }
    interrupts_->forget();
    return editor_.read(prompt);
  }

  void take(const LineEditor::Line& line) {
    if (line.is_cancelled) {
      typed_.clear();
      return;
    }
    if (says_nothing(typed_) && line.text.starts_with('.')) {
      editor_.remember(line.text);
      guarded([&] { run_command(line.text); });
      return;
    }
    typed_ += line.text + '\n';
    while (const auto statement = take_statement(typed_)) {
      if (!says_nothing(*statement)) {
        editor_.remember(trimmed(*statement) + ';');
        guarded([&] { run_statement(*statement); });
      }
    }
    typed_ = says_nothing(typed_) ? "" : typed_;
  }

  static std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(" \t\n"));
    text.erase(text.find_last_not_of(" \t\n") + 1);
    return text;
  }

  void run_statement(const std::string& statement) {
    if (!interrupts_) {
      interrupts_.emplace();
    }
    const CtrlC ctrl_c(store_, *interrupts_);
    write_sql(options_, store_, statement);
  }

  void run_command(const std::string& line) {
    const std::string text = trimmed(line);
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string name = text.substr(0, space);
    const std::string argument = trimmed(text.substr(space));
    if (name == ".quit" || name == ".exit") {
      is_over_ = true;
    } else if (name == ".help") {
      std::cout << kHelp << std::flush;
    } else if (name == ".tables") {
      list_tables(options_);
    } else if (name == ".schema" && !argument.empty()) {
      describe_table(options_, argument);
    } else if (name == ".schema") {
      throw Error(ErrorKind::usage, ".schema: of what? Like .schema process_latest");
    } else {
      throw Error(ErrorKind::usage,
                  printable(name) + ": no such command" +
                      did_you_mean(name, {".tables", ".schema", ".help", ".quit"}) +
                      "; .help lists them");
    }
  }

  /// Tells of an error and goes on.
  template <class Run>
  static void guarded(Run&& run) {
    try {
      run();
    } catch (const Error& error) {
      say(error.kind() == ErrorKind::cancelled ? "cancelled" : error.what());
    }
  }

  std::vector<std::string> complete(const std::string& line) {
    if (names_.empty()) {
      names_ = names_in_sql(store_);
    }
    return completions_of(says_nothing(typed_), line, names_);
  }

  Options options_;
  std::optional<Interrupts> interrupts_{std::in_place};
  Store store_;
  LineEditor editor_;
  std::vector<std::string> names_;  ///< found when they are first asked for
  std::string typed_;               ///< of a statement that has not ended
  bool is_over_ = false;
};

}  // namespace

int run_prompt(const Options& options) {
  return Prompt(options).run();
}

}  // namespace fleetmeter::cli
