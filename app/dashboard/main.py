"""The entry script of the dashboard; ``qawl app`` runs it with the workspace in ``QAWL_WORKSPACE``.

Streamlit puts this script's folder first on the module path, so no module here is called like one of Qawl's
packages or of a library.
"""

from app.dashboard.shell import show

# A worker process that is started from here imports this script under another name, and must not draw a page.
if __name__ == "__main__":
    show()
