"""The only Streamlit code in the package: session, address, frame, filters, charts, tables."""
